# kill -9 of the libvirtd of a scheduled and of a direct VM: guests live on, delete works

drill() {
  local id
  ready scheduled direct
  for id in "${VMS[@]}"; do
    kill_libvirtd_of "$id"
  done
  guests_live_for 5
}

kill_libvirtd_of() {
  local pids
  mapfile -t pids < <(processes "$(node_of "$1")" "$(job_of "$1")" libvirtd)
  ((${#pids[@]})) || fail "job $(job_of "$1") has no libvirtd"
  machine_run "$(node_of "$1")" kill -KILL "${pids[@]}"
  did "kill -9 of the libvirtd of job $(job_of "$1")"
}

check() {
  guests_live_on
  all_ready
  deletes_work
}
