# Creates and deletes, mixed, as fast as they are taken.

# burst COUNT: every other one a create, by each path in turn; the rest delete what was created. Goes on when nobody
# answers, as impatient clients do.
burst() {
  local i paths=(static scheduled static scheduled direct) path
  : >"$DRILL_DIR/acknowledged"
  : >"$DRILL_DIR/deletes"
  : >"$DRILL_DIR/jobs"
  for ((i = 0; i < $1; i++)); do
    path=${paths[i / 2 % 5]}
    if ((i % 2)); then
      delete_one
    elif [[ $path == direct ]]; then
      submit_direct >>"$DRILL_DIR/jobs" || true
    else
      ask "$path" "burst-$i" >>"$DRILL_DIR/acknowledged" || true
    fi
  done
}

# The newest that nobody deletes yet, now and then left alone.
delete_one() {
  local id
  ((RANDOM % 5)) || return 0
  id=$(tail -n 1 <(grep -vxFf "$DRILL_DIR/deletes" "$DRILL_DIR/acknowledged")) || return 0
  [[ -n $id ]] || return 0
  echo "$id" >>"$DRILL_DIR/deletes"
  delete_vm "$id" || true
}

# What was not acknowledged is said again.
finish_burst() {
  local id
  while read -r id; do
    delete_vm "$id" || fail "VM $id cannot be deleted"
  done <"$DRILL_DIR/deletes"
  did "burst: $(wc -l <"$DRILL_DIR/acknowledged") creates acknowledged, $(wc -l <"$DRILL_DIR/jobs") jobs submitted, $(wc -l <"$DRILL_DIR/deletes") deleted"
}

every_acknowledged_is_known() {
  local id job
  while read -r id; do
    [[ $(vm_field "$id" .id) == "$id" ]] || fail "VM $id was acknowledged and is not known"
    ! grep -qx "$id" "$DRILL_DIR/deletes" || over "$id" STOPPED OPERATOR >/dev/null
  done <"$DRILL_DIR/acknowledged"
  while read -r job; do
    vm_of_job "$job" >/dev/null || fail "the VM of direct job $job is not known"
  done <"$DRILL_DIR/jobs"
  saw "every acknowledged VM known, every deleted one over"
}
