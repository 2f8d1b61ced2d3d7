# A drill's repeats and the closing table. A drill's file may set BOUND (s until converged), POOL (leases),
# SLURM (rest, or proxy: through the fault proxy) and EXPLAINED (errors in the log that its fault explains). It has the
# functions `drill` and, if need be, `check`, which is called when the site has converged. One that says TRIES=own makes
# its DRILL_REPEATS tries itself, within one repeat, and keeps count in the file `passed`.

drill_all() {
  local repeats=$1 name pool
  shift
  DRILL_DIR=$BOX_DIR/drills
  mkdir -p "$DRILL_DIR"
  : >"$DRILL_DIR/table"
  mend
  drill_log_in
  make_ssh_key researcher
  make_ssh_key batch
  cp "$BOX_DIR/home/researcher/.ssh/id_ed25519.pub" "$DRILL_DIR/key.pub"
  pool=$(pool_size)
  renew_pool
  for name in "$@"; do
    drill_repeats "$name" "$repeats"
  done
  use_slurm rest
  set_pool "$pool"
  say ""
  { printf 'DRILL\tREPEATS\tPASSED\tWORST CONVERGENCE\n' && cat "$DRILL_DIR/table"; } | column -t -s $'\t'
  awk -F '\t' '$2 != $3 { failed = 1 } END { exit failed }' "$DRILL_DIR/table"
}

drill_repeats() {
  local name=$1 repeats=$2 runs=$2 i passed=0 worst=0 begun status settled
  step "$name: $(sed -n '1s/^# //p' "$DRILLS/$name.sh")"
  DRILL_REPEATS=$repeats
  ! grep -qx TRIES=own "$DRILLS/$name.sh" || runs=1
  for ((i = 1; i <= runs; i++)); do
    begun=$(now_ms)
    rm -f "$DRILL_DIR"/{healed,settled,complaints,passed}
    # Not in a condition: there a failing command would not end it.
    set +e
    (set -e && drill_once "$name")
    status=$?
    set -e
    settled=$(cat "$DRILL_DIR/settled" 2>/dev/null || echo 0)
    ((settled <= worst)) || worst=$settled
    if ((status == 0)); then
      ((passed += 1))
      say "  pass $i/$runs $(tenths $(($(now_ms) - begun))) converged $(tenths "$settled")"
    else
      say "  FAIL $i/$runs $(tenths $(($(now_ms) - begun))); see $(keep_evidence "$name-$i")"
      mend
    fi
  done
  ((runs == repeats)) || passed=$(cat "$DRILL_DIR/passed" 2>/dev/null || echo 0)
  printf '%s\t%d\t%d\t%s\n' "$name" "$repeats" "$passed" "$(tenths "$worst")" >>"$DRILL_DIR/table"
}

# What the site looked like when a repeat failed.
keep_evidence() {
  local dir=$BOX_LOG/drills/$1
  rm -rf "$dir"
  mkdir -p "$dir"
  active_vms >"$dir/vms.json" || true
  active_leases >"$dir/leases.json" || true
  guests >"$dir/guests" || true
  leftovers >"$dir/leftovers" || true
  machine_run head squeue --states=all >"$dir/squeue" || true
  since_mark >"$dir/orchestrator.log" || true
  echo "$dir"
}
