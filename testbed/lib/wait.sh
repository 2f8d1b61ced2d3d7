# Waiting for a condition, with a limit.

# wait_for SECONDS WHAT COMMAND...: runs the command until it succeeds.
wait_for() {
  local seconds=$1 what=$2
  shift 2
  local deadline=$((SECONDS + seconds))
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || {
      warn "$what did not happen within $seconds s"
      return 1
    }
    sleep 0.1
  done
}

tcp_open() { timeout 1 bash -c ": </dev/tcp/$1/$2" 2>/dev/null; }
