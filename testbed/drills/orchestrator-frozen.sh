# the orchestrator, or one of two, frozen (SIGSTOP) for 30 s in the middle of a burst of 30 creates and deletes, then continued

# 30 s are all that a question to the database may take: one that it was frozen in has failed, and is asked again.
EXPLAINED='An I/O error occurred while sending to the backend'

drill() {
  ready static scheduled
  choose_victim
  burst 30 &
  between 200 2000
  machine_run head kill -STOP "$(service_pid head "$VICTIM")"
  did "SIGSTOP to $VICTIM"
  guests_live_for 30
  machine_run head kill -CONT "$(service_pid head "$VICTIM")"
  did "SIGCONT to $VICTIM"
  wait $!
  finish_burst
}

check() {
  every_acknowledged_is_known
  no_job_twice
  guests_live_on
  all_ready
}
