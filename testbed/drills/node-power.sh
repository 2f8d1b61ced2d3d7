# a node powered off under a scheduled VM and on again after 10 s: its VM ends, the others live, the node is of use again

BOUND=30

drill() {
  local node
  ready scheduled static
  node=$(node_of "${VMS[0]}")
  machine_kill "$node"
  did "powered $node off"
  GUESTS=$(grep -v "^$node " <<<"$GUESTS")
  guests_live_for 10
  node_up "$node"
  wait_for 60 "$node's registering with Slurm" node_registered "$node" || fail "$node is not in Slurm"
  did "powered $node on"
  NODE=$node
}

check() {
  guests_live_on
  over "${VMS[0]}" STOPPED LEASE_LOST
  machine_run head timeout 20 srun --uid=researcher --nodelist="$NODE" --mem=64 --chdir=/ true || fail "$NODE runs no job"
  saw "$NODE runs jobs again"
}
