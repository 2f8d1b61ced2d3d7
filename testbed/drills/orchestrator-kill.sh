# kill -9 of the orchestrator in the middle of a burst of 30 creates and deletes by all paths

BOUND=$((5 + GRACE))

drill() {
  burst 30 &
  between 200 2000
  kill_service head orchestrator
  wait $!
  start_orchestrator
  finish_burst
}

check() { every_acknowledged_is_known; }
