# kill -9 of PostgreSQL in the middle of a burst of 30 creates and deletes, started again after 3 s

EXPLAINED=$DATABASE_ERRORS

drill() {
  ready static scheduled
  burst 30 &
  between 200 2000
  kill_postgres
  did "kill -9 of PostgreSQL"
  wait $!
  guests_live_for 3
  start_postgres
  PACE=0.1 wait_for 30 "the orchestrator's being ready" orchestrator_ready
  finish_burst
}

check() {
  every_acknowledged_is_known
  guests_live_on
  all_ready
}
