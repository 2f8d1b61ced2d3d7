# kill -9 of a pool's agent under a static VM: the epilog takes the guest, another lease takes the pool's place

drill() {
  ready static
  signal_agent KILL "${VMS[0]}"
}

check() {
  over "${VMS[0]}" STOPPED LEASE_LOST
  ready static
}
