# agents frozen (SIGSTOP) past the end of their leases: no guest outlives its lease by 10 s; then continued

drill() {
  local scheduled pooled job
  ready static
  pooled=${VMS[0]}
  # Its minute is for its own boot alone.
  scheduled=$(ask scheduled short '{"walltime": "PT1M"}')
  VMS+=("$scheduled")
  await_phase "$scheduled" READY
  FROZEN=$(agent_of "$scheduled")
  NODE=$(node_of "$scheduled")
  signal_agent STOP "$scheduled"
  signal_agent STOP "$pooled"
  job=$(job_of "$pooled")
  machine_run head scancel "$job"
  did "scancel of the pool's job $job"
  ends_within_10_s_of_its_job "$pooled" "$job"
  ends_within_10_s_of_its_job "$scheduled" "$(job_of "$scheduled")"
  # Whatever of it is still there would now do its worst.
  machine_run "$NODE" kill -CONT "$FROZEN" 2>/dev/null && fail "agent $FROZEN outlived its job"
  did "SIGCONT to the scheduled VM's agent: it is gone"
}

ends_within_10_s_of_its_job() {
  wait_for 150 "the end of job $2" job_is_over "$2" || fail "job $2 does not end"
  wait_for 10 "the end of its guest" gone_quietly "$1" || fail "the guest of VM $1 outlived its lease by 10 s"
  saw "job $2 over, its guest gone"
}

job_is_over() { [[ $(machine_run head squeue --noheader --states=all --jobs "$1" --format %T) =~ CANCELLED|TIMEOUT|COMPLETED|FAILED ]]; }

gone_quietly() { (gone "$1"); }

check() {
  over "${VMS[0]}" STOPPED LEASE_LOST
  over "${VMS[1]}" STOPPED WALLTIME
}
