# 30 VMs created and deleted at once, and one request sent in parallel under one Idempotency-Key, ten times

drill() {
  local i
  rm -f "$DRILL_DIR"/made.*
  for ((i = 0; i < 30; i++)); do
    create_and_delete "$i" &
    ((i % 6 < 5)) || wait
  done
  wait
  mapfile -t VMS < <(cat "$DRILL_DIR"/made.*)
  ((${#VMS[@]} == 30)) || fail "only ${#VMS[@]} of 30 were taken in"
  did "30 VMs created and deleted"
  for ((i = 0; i < 10; i++)); do
    one_vm_for_one_key
  done
  saw "10 keys, 4 requests with each at once: 10 VMs"
}

create_and_delete() {
  local paths=(static scheduled) id
  id=$(ask "${paths[$1 % 2]}" "flash-$1") && delete_vm "$id" && echo "$id" >"$DRILL_DIR/made.$1"
}

one_vm_for_one_key() {
  local body key ids i
  key=drill-$(now_ms)-$RANDOM
  body=$(jq -nc --rawfile key "$DRILL_DIR/key.pub" '{name: "twin", image: "micro", flavor: "micro", path: "static", sshKeys: [$key | rtrimstr("\n")]}')
  rm -f "$DRILL_DIR"/twin.*
  for i in 1 2 3 4; do
    api researcher POST /vms "$body" -H "Idempotency-Key: $key" >"$DRILL_DIR/twin.$i" &
  done
  wait
  ids=$(jq -r '.id // empty' "$DRILL_DIR"/twin.*)
  [[ $(sort -u <<<"$ids" | wc -l) == 1 ]] || fail "one key, several VMs: $ids"
  delete_vm "$(head -n 1 <<<"$ids")"
}

check() {
  local id
  for id in "${VMS[@]}"; do
    over "$id" STOPPED OPERATOR >/dev/null
  done
  saw "all 30 over"
  no_job_twice
}
