# What is on the nodes, and what a drill left there.

# Without what belongs to a job that lives: the pool's.
traces() {
  local node live
  live=$(machine_run head squeue --noheader --format 'job-%i' | paste -sd '|')
  for node in "${BOX_NODES[@]}"; do
    machine_run "$node" bash -s "$(job_id_pattern)" <"$DRILLS/lib/traces" | sed "s/^/$node /"
  done | grep -Ev -- "(${live:-none})( |/|\$)" | LC_ALL=C sort
}

# What is there now and was not when the site was calm.
leftovers() { LC_ALL=C comm -13 "$DRILL_DIR/calm" <(traces); }

nothing_left() { [[ -z $(leftovers) ]]; }
