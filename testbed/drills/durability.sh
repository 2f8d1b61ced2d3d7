# an acknowledged request survives kill -9 of PostgreSQL: each repeat is one try, at a random moment of 4 clients' creates

# No lease: the VMs stay PENDING and cost nothing.
POOL=0
TRIES=own
EXPLAINED=$DATABASE_ERRORS
CLIENTS=4
ROUND=25

drill() {
  local try
  durable_settings
  : >"$DRILL_DIR/acknowledged"
  create_body >"$DRILL_DIR/create.json"
  for ((try = 1; try <= DRILL_REPEATS; try++)); do
    one_try "$try"
    echo "$try" >"$DRILL_DIR/passed"
    ((try % ROUND && try < DRILL_REPEATS)) || end_round "$try"
  done
  saw "all $(wc -l <"$DRILL_DIR/acknowledged") acknowledged VMs there after $DRILL_REPEATS kills"
}

create_body() {
  jq -nc --rawfile key "$DRILL_DIR/key.pub" \
    '{name: "durable", image: "micro", flavor: "micro", path: "static", sshKeys: [$key | rtrimstr("\n")]}'
}

# Else this drill would prove nothing.
durable_settings() {
  local setting
  for setting in fsync synchronous_commit full_page_writes; do
    [[ $(postgres_setting "$setting") == on ]] || fail "PostgreSQL runs with $setting off"
  done
  saw "fsync, synchronous_commit and full_page_writes are on"
}

# What the server that runs was started with counts, too.
postgres_setting() {
  local options
  mapfile -t options < <(machine_run head cat /var/lib/postgresql/data/postmaster.opts | grep -o '"-c" "[^"]*"' | sed 's/"-c" "\(.*\)"/\1/')
  machine_run head setpriv --reuid postgres --regid "$(machine_run head id -g postgres)" --init-groups -- \
    /opt/anemone/pgsql/bin/postgres -C "$1" -D /var/lib/postgresql/data "${options[@]/#/-c}"
}

one_try() {
  local pids=() i
  for ((i = 0; i < CLIENTS; i++)); do
    create_until_killed >"$DRILL_DIR/client.$i" &
    pids+=($!)
  done
  between 100 500
  kill_postgres
  # What was answered before the kill arrives now; there is nobody left to answer more.
  sleep 0.05
  kill "${pids[@]}" 2>/dev/null || true
  wait "${pids[@]}" 2>/dev/null || true
  start_postgres
  for ((i = 0; i < CLIENTS; i++)); do acknowledged_in "$DRILL_DIR/client.$i"; done >"$DRILL_DIR/try"
  cat "$DRILL_DIR/try" >>"$DRILL_DIR/acknowledged"
  all_there "$DRILL_DIR/try" || fail "try $1: an acknowledged VM is lost: $(cat "$DRILL_DIR/lost")"
}

# One connection, 10 requests a second, so that what is to be deleted stays little; the part behind # is not sent.
create_until_killed() {
  exec curl -sN -m 5 --rate 10/s -H "@$DRILL_DIR/researcher.header" -H 'Content-Type: application/json' \
    --data-binary "@$DRILL_DIR/create.json" -w '\n%{http_code}\n' "$BOX_URL/api/v1/vms#[1-100]" 2>/dev/null
}

# The ids of the answers that a 202 follows; one client's alone, for its last answer may be cut off.
acknowledged_in() { { grep -B 1 -x 202 "$1" || true; } | { grep '^{' || true; } | jq -r .id; }

# all_there FILE: each id in it is answered by 200. A service that has no connection yet is asked again.
all_there() {
  local deadline=$((SECONDS + 20))
  [[ -s $1 ]] || return 0
  cp "$1" "$DRILL_DIR/lost"
  while :; do
    statuses "$DRILL_DIR/lost" >"$DRILL_DIR/statuses"
    ! grep -q ' 404$' "$DRILL_DIR/statuses" || return 1
    sed -n 's/ [^2].*$//p' "$DRILL_DIR/statuses" >"$DRILL_DIR/lost"
    [[ -s $DRILL_DIR/lost ]] || return 0
    ((SECONDS < deadline)) || return 1
    sleep 0.05
  done
}

# statuses FILE: "ID STATUS" of each, by one curl.
statuses() { each_vm "$1" -w '%{http_code}\n' | paste -d ' ' "$1" - || true; }

# each_vm FILE CURL-OPTION...
each_vm() {
  sed "s|.*|url = \"$BOX_URL/api/v1/vms/&\"\noutput = /dev/null|" "$1" >"$DRILL_DIR/curl"
  shift
  curl -s -m 15 -H "@$DRILL_DIR/operator.header" -K "$DRILL_DIR/curl" "$@" 2>/dev/null
}

# Every VM ever acknowledged is asked for, then all are deleted: their records stay.
end_round() {
  all_there "$DRILL_DIR/acknowledged" || fail "an acknowledged VM is lost: $(head -n 3 "$DRILL_DIR/lost")"
  active_ids >"$DRILL_DIR/active"
  while [[ -s $DRILL_DIR/active ]]; do
    each_vm "$DRILL_DIR/active" -X DELETE -Z --parallel-max 8 || true
    active_ids >"$DRILL_DIR/active"
  done
  did "$1 kills -9 of PostgreSQL, $(wc -l <"$DRILL_DIR/acknowledged") creates acknowledged and found"
}

active_ids() { active_vms | jq -r '.items[].id'; }
