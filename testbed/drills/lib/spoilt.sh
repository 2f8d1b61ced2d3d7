# What all drills with spoilt answers of slurmrestd have in common.

spoilt_for_a_minute() {
  local count
  ready static scheduled direct
  slurm_answers "$1" >/dev/null
  did "slurmrestd's answers from now on: $1"
  guests_live_for 20
  ask_meanwhile scheduled
  guests_live_for 40
  count=$(slurm_answers pass)
  saw "$count answers spoilt"
  ((count > 0)) || fail "nothing was asked of slurmrestd"
}

spoilt_check() {
  guests_live_on
  all_ready
  one_job_each
}

# Of all states: a second job that is over already is one too many, too.
one_job_each() {
  local id jobs
  for id in "${VMS[@]}"; do
    [[ $(vm_field "$id" .path) == scheduled ]] || continue
    jobs=$(machine_run head squeue --noheader --states=all --format '%j' | grep -Fc "$(lease_of "$id")") || true
    [[ $jobs == 1 ]] || fail "VM $id has $jobs jobs"
  done
  saw "one job for each scheduled VM"
}

# The job's name carries it.
lease_of() { vm_field "$1" .lease.id; }
