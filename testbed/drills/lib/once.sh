# One repeat of a drill: from calm, through the fault, to converged, and to calm again.

drill_once() {
  BOUND=5 POOL=1 SLURM=rest EXPLAINED=''
  check() { :; }
  # shellcheck source=/dev/null
  . "$DRILLS/$1.sh"
  DRILL_POOL=$POOL
  use_slurm "$SLURM"
  calm
  mark_log
  drill
  [[ -e $DRILL_DIR/healed ]] || healed
  settle "$BOUND"
  saw "converged $(tenths "$SETTLED") after the fault was over"
  wait_for 180 "every guest's being READY" all_booted || fail "$(active_vms | jq -c '.items[] | [.id, .phase, .message]')"
  check
  clean
  no_unexplained_errors
}

# Nothing but the pool's leases.
calm() {
  set_pool "$POOL"
  delete_all
  wait_for 60 "the end of all VMs" no_vms || fail "the site is not calm"
  machine_run head scancel --user=researcher
  machine_run head scancel --user=batch
  wait_for 60 "calm" at_rest || fail "the site is not calm: $(complaints)"
  traces >"$DRILL_DIR/calm"
}

# Agents that a pool's leases have had since before the last build would be drilled as they were then.
renew_pool() {
  DRILL_POOL=0
  delete_all
  set_pool 0
  wait_for 60 "the end of the pool's leases" at_rest || die "the pool's leases do not end: $(complaints)"
}

at_rest() { [[ -z $(complaints) ]] && nodes_ready; }

clean() {
  delete_all
  wait_for 30 "the end of all VMs" no_vms || fail "a VM cannot be ended: $(active_vms | jq -c '.items[] | [.id, .phase]')"
  wait_for 30 "rest" at_rest || fail "no rest after the last VM: $(complaints)"
  wait_for 10 "clean nodes" nothing_left || fail "left on the nodes: $(leftovers)"
  saw "all VMs deleted, nothing left on any node"
}

no_unexplained_errors() {
  local errors
  errors=$(unexplained_errors)
  [[ -z $errors ]] || fail "errors in the orchestrator's log: $errors"
}
