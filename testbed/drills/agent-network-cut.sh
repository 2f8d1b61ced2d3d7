# the orchestrator's port cut off from two nodes for 60 s, Slurm's not: guests live on, a delete meanwhile is done

BOUND=30

drill() {
  local id nodes node
  delete_me=$(ask scheduled delete-me)
  ready static scheduled direct
  await_phase "$delete_me" READY
  GUESTS=$(guests | grep -v " $(domain_of "$delete_me")\$")
  mapfile -t nodes < <(for id in "${VMS[@]}" "$delete_me"; do node_of "$id"; done | sort -u)
  for node in "${nodes[@]}"; do cut_off "$node"; done
  guests_live_for 20
  delete_vm "$delete_me"
  did "deleted VM ${delete_me:0:8} meanwhile"
  guests_live_for 40
  for node in "${nodes[@]}"; do let_through "$node"; done
  did "let the packets through again"
}

check() {
  guests_live_on
  all_ready
  gone "$delete_me"
  over "$delete_me" STOPPED OPERATOR
}
