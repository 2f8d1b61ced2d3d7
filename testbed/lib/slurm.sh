# Slurm's configuration: one file for all machines, as Slurm wants it.

make_slurm_config() {
  local dir=$1 node
  install -d -m 0755 "$dir"
  install -m 0755 "$BOX_REPO/testbed/etc/anemone-epilog" "$dir/anemone-epilog"
  sed -e "s/@HEAD@/$BOX_HEAD_ADDRESS/g" -e "s/@ID@/$BOX_ID/g" \
    -e "s/@FIRST_JOB@/$((BOX_ID * 1000000 + 1))/" -e "s/@LAST_JOB@/$((BOX_ID * 1000000 + 999999))/" \
    -e "s/@PROCTRACK@/$(proctrack)/" "$BOX_REPO/testbed/etc/slurm.conf" >"$dir/slurm.conf"
  for node in "${BOX_NODES[@]}"; do
    printf 'NodeName=%s NodeAddr=%s CPUs=%d RealMemory=%d State=UNKNOWN\n' \
      "$node" "$(machine_address "$node")" "$BOX_NODE_CPUS" "$((BOX_NODE_CPUS * 1024))"
  done >>"$dir/slurm.conf"
  case $(cgroup_layout) in
    v1) cp "$BOX_REPO/testbed/etc/cgroup-v1.conf" "$dir/cgroup.conf" ;;
    v2) cp "$BOX_REPO/testbed/etc/cgroup-v2.conf" "$dir/cgroup.conf" ;;
    none) : ;;
  esac
}

# v1 when its freezer is there (also on a hybrid host), v2 when that is all there is.
cgroup_layout() {
  if [[ -e /sys/fs/cgroup/freezer/tasks ]]; then
    echo v1
  elif [[ -e /sys/fs/cgroup/cgroup.controllers && -w /sys/fs/cgroup/cgroup.subtree_control ]]; then
    echo v2
  else
    echo none
  fi
}

proctrack() {
  case $(cgroup_layout) in
    v1 | v2) echo cgroup ;;
    none) echo linuxproc ;;
  esac
}

say_fence() {
  [[ $(cgroup_layout) == none ]] || return 0
  warn "no writable cgroups here: a job's end does not kill what daemonized inside it; only the epilog cleans up after a job"
}
