# kill -9 of the orchestrator, or of one of two, in the middle of a burst of 30 creates and deletes by all paths

drill() {
  choose_victim
  burst 30 &
  between 200 2000
  kill_service head "$VICTIM"
  wait $!
  start_orchestrators
  finish_burst
}

check() {
  every_acknowledged_is_known
  no_job_twice
}
