# two nodes' cables out for 15 s, less than SlurmdTimeout: guests live on

BOUND=30

drill() {
  local id nodes node
  ready static scheduled direct
  mapfile -t nodes < <(for id in "${VMS[@]}"; do node_of "$id"; done | sort -u)
  for node in "${nodes[@]}"; do node_cable "$node" down; done
  did "pulled the cables of ${nodes[*]}"
  guests_live_for 15
  for node in "${nodes[@]}"; do node_cable "$node" up; done
  did "put them back"
}

check() {
  guests_live_on
  all_ready
}
