# Waiting for a condition, with a limit.

# wait_for SECONDS WHAT COMMAND...: runs the command until it succeeds; after 2 s each PACE (0.5 s), for asking costs
# the processors that what is waited for needs.
wait_for() {
  local seconds=$1 what=$2
  shift 2
  local begun=$SECONDS pause
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < begun + seconds)) || {
      warn "$what did not happen within $seconds s"
      return 1
    }
    pause=0.1
    ((SECONDS < begun + 3)) || pause=${PACE:-0.5}
    sleep "$pause"
  done
}

tcp_open() { timeout 1 bash -c ": </dev/tcp/$1/$2" 2>/dev/null; }
