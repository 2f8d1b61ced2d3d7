# kill -9 of the agents of a scheduled and of a direct VM: the fence takes the guests, the record says so

drill() {
  ready scheduled direct
  signal_agent KILL "${VMS[0]}"
  signal_agent KILL "${VMS[1]}"
}

check() {
  local id
  for id in "${VMS[@]}"; do
    over "$id" STOPPED LEASE_LOST
  done
}
