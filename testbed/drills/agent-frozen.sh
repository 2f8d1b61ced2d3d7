# agents frozen (SIGSTOP) for 30 s, which is past their silence's limit, then continued: guests live on

drill() {
  local id
  ready static scheduled direct
  for id in "${VMS[@]}"; do signal_agent STOP "$id"; done
  guests_live_for 30
  for id in "${VMS[@]}"; do signal_agent CONT "$id"; done
}

check() {
  guests_live_on
  all_ready
}
