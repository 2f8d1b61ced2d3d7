# slurmctld killed, away for 60 s, started again: guests live on; what is asked for meanwhile comes up after

BOUND=30

drill() {
  ready static scheduled direct
  kill_service head slurmctld
  guests_live_for 10
  ask_meanwhile scheduled static
  guests_live_for 50
  start_head
  wait_for 30 "slurmctld's answering" machine_run head scontrol ping
  did "started slurmctld again"
}

check() {
  guests_live_on
  all_ready
}
