# One change of the box at a time. The lock is the open file, so it cannot outlive its owner;
# long-lived children must not inherit descriptor 9 (see machine_start).

take_lock() {
  mkdir -p "$BOX_DIR"
  exec 9>"$BOX_DIR/.lock"
  flock -n 9 && return
  say "another ./box is changing this box ($BOX_DIR); waiting for it"
  flock -w 1800 9 || die "the other ./box did not finish within 30 minutes; look for it with: fuser $BOX_DIR/.lock"
}

# For what changes nothing itself but may run ./box, as the system tests do.
release_lock() { exec 9>&-; }
