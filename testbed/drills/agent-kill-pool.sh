# kill -9 of a pool's agent under a static VM: the epilog takes the guest, another lease takes the pool's place

# The pool's next lease is a launch, too.
BOUND=$((5 + LAUNCH))

drill() {
  ready static
  signal_agent KILL "${VMS[0]}"
}

check() {
  over "${VMS[0]}" STOPPED LEASE_LOST
  ready static
}
