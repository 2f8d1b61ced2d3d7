# the nodes' ssh ports closed to all others: anemone ssh, a plain ssh and the serial console go through Anemone

drill() {
  local id
  demo_log_in 9>&-
  ready static scheduled
  for id in "${VMS[@]}"; do
    node_iptables "$(node_of "$id")" -I INPUT -p tcp --dport 22000:22999 ! -i lo -j DROP
  done
  did "closed ports 22000 to 22999 of the nodes"
  for id in "${VMS[@]}"; do
    no_way_in "$id"
    logs_in "$id"
    carries "$id"
    types "$id"
    stranger_finds_nothing "$id"
  done
  for id in "${VMS[@]}"; do let_through "$(node_of "$id")"; done
  did "opened the ports again"
}

no_way_in() {
  local host port
  host=$(vm_field "$1" .ssh.host) port=$(vm_field "$1" .ssh.port)
  # shellcheck disable=SC2016  # for the inner shell
  ! machine_run head timeout 2 bash -c '</dev/tcp/"$1"/"$2"' bash "$host" "$port" 2>/dev/null || fail "port $port of $host is open"
}

researcher_does() { as_account researcher "$@" </dev/null 2>"$DRILL_DIR/said"; }

logs_in() {
  local begun name
  begun=$(now_ms)
  name=$(researcher_does anemone ssh "$1" -- uname -n) || fail "anemone ssh: $(cat "$DRILL_DIR/said")"
  saw "anemone ssh to $name in $(tenths $(($(now_ms) - begun)))"
  name=$(researcher_does ssh -o ProxyCommand='anemone vm proxy %h' -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \
    "root@$1" uname -n) || fail "ssh with a ProxyCommand: $(cat "$DRILL_DIR/said")"
  saw "plain ssh to $name"
}

# Both ways at once, and nothing of it lost.
carries() {
  local file=$DRILL_DIR/bulk begun
  head -c 4194304 /dev/urandom >"$file"
  begun=$(now_ms)
  as_account researcher anemone ssh "$1" -- cat <"$file" >"$file.back" 2>"$DRILL_DIR/said" || fail "4 MiB: $(cat "$DRILL_DIR/said")"
  cmp -s "$file" "$file.back" || fail "4 MiB came back as $(stat -c %s "$file.back") other bytes"
  saw "4 MiB to the guest and back in $(tenths $(($(now_ms) - begun)))"
}

# The echo has the sum only if a shell in the guest has read the line. The console stays until the time is up.
types() {
  local seen
  # shellcheck disable=SC2016  # for the guest's shell
  seen=$({ sleep 3 && printf '\recho seen-$((6 * 7))\r' && sleep 6; } \
    | as_account researcher timeout 12 anemone vm console "$1" 2>"$DRILL_DIR/said" || true)
  [[ $seen == *seen-42* ]] || fail "the serial console: ${seen: -300} $(cat "$DRILL_DIR/said")"
  [[ $seen == *ready* ]] || fail "the serial console did not show its past: $seen"
  wait_for 20 "the console log having it, too" logged "$1"
  saw "typed at the serial console and read the answer, and so does the log"
}

logged() { api researcher GET "/vms/$1/console-log" | grep -q seen-42; }

stranger_finds_nothing() {
  ! as_account batch anemone vm proxy "$1" </dev/null >/dev/null 2>"$DRILL_DIR/said" || fail "a stranger was let in"
  grep -q 'no such VM' "$DRILL_DIR/said" || fail "a stranger was told: $(cat "$DRILL_DIR/said")"
}

check() {
  all_ready
}
