# Cuts an agent off from the orchestrator alone: its node's Slurm goes on over the same cable.

node_iptables() {
  local node=$1
  shift
  machine_run "$node" iptables -w 5 "$@"
}

cut_off() {
  node_iptables "$1" -I OUTPUT -p tcp -d "$BOX_HEAD_ADDRESS" --dport 8080:8081 -j DROP
  node_iptables "$1" -I INPUT -p tcp -s "$BOX_HEAD_ADDRESS" --sport 8080:8081 -j DROP
  did "dropped every packet between $1 and the orchestrator"
}

let_through() { node_iptables "$1" -F 2>/dev/null || true; }
