# the reply to a submit dropped after slurmrestd took it: exactly one job in the end

SLURM=proxy

drill() {
  VMS=()
  GUESTS=
  slurm_answers drop-submit >/dev/null
  ask_meanwhile scheduled
  wait_for 10 "the submit's being dropped" dropped || fail "no submit came"
  did "dropped the reply to its submit"
}

dropped() { [[ $(slurm_answers drop-submit) != 0 ]] && slurm_answers pass; }

check() {
  all_ready
  one_job_each
}
