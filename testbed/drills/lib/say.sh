# What a drill tells of itself.

did() { say "    did: $*"; }

saw() { say "    saw: $*"; }

# Ends the repeat.
fail() {
  say "    FAIL: $*"
  exit 1
}

now_ms() {
  local micros=${EPOCHREALTIME/[.,]/}
  echo $((micros / 1000))
}

# The fault is over: from here on convergence is measured.
healed() { now_ms >"$DRILL_DIR/healed"; }

tenths() { printf '%d.%d s\n' $(($1 / 1000)) $(($1 % 1000 / 100)); }

# between FROM TO: waits for a moment, in milliseconds, another one each time.
between() {
  local ms=$(($1 + RANDOM % ($2 - $1 + 1)))
  sleep "$((ms / 1000)).$(printf %03d $((ms % 1000)))"
}
