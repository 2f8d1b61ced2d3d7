# kill -9 of slurmrestd, away for 20 s: guests live on; what is asked for meanwhile comes up after

drill() {
  ready static scheduled direct
  kill_service head slurmrestd
  ask_meanwhile scheduled static
  guests_live_for 20
  start_head
  wait_for 10 "slurmrestd's listening" tcp_open "$BOX_HEAD_ADDRESS" 6820
  did "started slurmrestd again"
}

check() {
  guests_live_on
  all_ready
}
