# What all drills with spoilt answers of slurmrestd have in common.

# spoilt_for SECONDS MODE: 20 s are enough where each answer is as bad as the next: the orchestrator lists every few
# seconds, and believes that a job is unknown when it has heard so twice, 10 s apart.
spoilt_for() {
  local count third=$(($1 / 3))
  ready static scheduled direct
  slurm_answers "$2" >/dev/null
  did "slurmrestd's answers from now on: $2"
  guests_live_for "$third"
  ask_meanwhile scheduled
  guests_live_for $(($1 - third))
  count=$(slurm_answers pass)
  saw "$count answers spoilt"
  ((count > 1)) || fail "only $count answers were spoilt"
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
