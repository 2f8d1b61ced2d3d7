# ./box power off|on NODE: off is the plug pulled, nothing in the node gets a last word.

box_power() {
  [[ $# == 2 ]] || usage_error "power takes: power off|on NODE"
  local verb=$1 node=$2
  [[ $verb == off || $verb == on ]] || usage_error "power is off or on, not '$verb'"
  require_node "$node"
  require_root
  take_lock
  [[ -d $BOX_ETC ]] || die "there is no box yet: ./box up"
  refuse_foreign_box
  if [[ $verb == off ]]; then
    machine_kill "$node"
  else
    node_up "$node" || die "$node did not come up; see ./box logs $node"
    machine_is_on head || return 0
    wait_for 30 "$node registering with Slurm" node_registered "$node" || die "$node is not in Slurm: $(node_states)"
  fi
  say "$node is $verb"
}

node_registered() {
  resume_nodes
  node_states | grep -Eq "^$1 (idle|mixed|allocated|completing|draining|drained) "
}
