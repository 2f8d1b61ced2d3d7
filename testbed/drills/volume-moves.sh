# one volume from VM to VM on other nodes, each with a counter to raise; agents killed, and one cut off from the orchestrator

POOL=0
TRIES=own
BOUND=30
VOLUME=drill
CUT_ROUND=3

drill() {
  local round
  begin_with_an_empty_volume
  for ((round = 1; round <= DRILL_REPEATS; round++)); do
    one_round "$round"
    echo "$round" >"$DRILL_DIR/passed"
  done
  resume_all
  saw "the counter stands at $DRILL_REPEATS, on nodes: $(sort "$DRILL_DIR/rounds" | uniq -c | awk '{ print $2 " (" $1 " times)" }' | paste -sd ',')"
}

begin_with_an_empty_volume() {
  local old
  : >"$DRILL_DIR/rounds"
  old=$(volume_id)
  [[ -z $old ]] || api researcher DELETE "/volumes/$old" >/dev/null || fail "the volume of an earlier drill cannot be deleted"
  api researcher POST /volumes "{\"name\": \"$VOLUME\", \"sizeGiB\": 1}" >/dev/null || fail "no volume could be made"
  did "made a volume of 1 GiB"
}

volume_id() { api researcher GET /volumes | jq -r --arg name "$VOLUME" '.items[] | select(.name == $name) | .id'; }

one_round() {
  local id node
  id=$(with_volume "round-$1") || fail "round $1: no VM with the volume"
  await_phase "$id" READY
  node=$(node_of "$id")
  echo "$node" >>"$DRILL_DIR/rounds"
  second_is_refused "$1"
  file_is_locked
  raise_counter "$id" "$1"
  if (($1 == CUT_ROUND)); then unreachable_is_not_over "$id" "$node" "$1"; fi
  end_of_round "$id" "$1"
  # The next one goes elsewhere.
  resume_all
  machine_run head scontrol update "nodename=$node" state=drain reason=drill
}

with_volume() { ask scheduled "$1" "{\"storage\": {\"volumes\": [\"$VOLUME\"]}}"; }

second_is_refused() {
  local answer
  answer=$(api researcher POST /vms "$(jq -nc --arg v "$VOLUME" '{name: "second", image: "micro", flavor: "micro", path: "scheduled", storage: {volumes: [$v]}}')") || true
  [[ $(jq -r .code <<<"$answer") == VOLUME_IN_USE ]] || fail "round $1: a second VM was refused like this: $answer"
}

# The second guard: QEMU's own lock, also against a program that knows nothing of Anemone.
file_is_locked() {
  local file
  file=$(volume_file)
  ! machine_run head qemu-io -f raw -c quit "$file" >/dev/null 2>&1 || fail "the volume's file is not locked while a guest has it"
}

volume_file() { echo "/home/volumes/researcher/$(volume_id).raw"; }

# By its serial number, whatever letter it has. What is written is synced before the guest says so.
raise_counter() {
  local seen
  # shellcheck disable=SC2016  # for the guest's shell
  seen=$(in_guest "$1" root 'for d in /sys/block/vd*; do [ "$(cat "$d/serial" 2>/dev/null)" = '"$VOLUME"' ] && v=/dev/${d##*/}; done
    n=$(dd if="$v" bs=512 count=1 2>/dev/null | tr -d "\0"); echo "${n:-0}"
    printf "%-512s" "'"$2"'" | tr " " "\0" | dd of="$v" bs=512 count=1 conv=fsync,notrunc 2>/dev/null && echo written') \
    || fail "round $2: the guest could not be asked: $seen"
  [[ $seen == "$(($2 - 1))"$'\n'written ]] || fail "round $2: the volume told '$seen', not $(($2 - 1))"
}

# Deleted, or its agent killed: then the fence takes the guest in the middle of its work.
end_of_round() {
  if (($2 % 2)); then
    delete_vm "$1"
  else
    signal_agent KILL "$1"
  fi
  wait_for 60 "the end of VM $1" is_over "$1" || fail "round $2: VM $1 does not end"
}

unreachable_is_not_over() {
  cut_off "$2"
  wait_for 120 "the lease's being unreachable" is_unreachable "$1" || fail "the lease is not told as unreachable"
  delete_vm "$1"
  second_is_refused "$3"
  file_is_locked
  saw "refused while $2 was cut off and the VM was $(vm_field "$1" .phase)"
  let_through "$2"
}

is_unreachable() { active_leases | jq -e --arg id "$(lease_of "$1")" '.items[] | select(.id == $id) | .unreachable'; }

resume_all() {
  local node
  for node in "${BOX_NODES[@]}"; do
    machine_run head scontrol update "nodename=$node" state=resume 2>/dev/null || true
  done
}
