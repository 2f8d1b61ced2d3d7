# Slurm's cgroups of a node stand in the host's hierarchy and outlive a node that lost its power.

cgroup_dirs() {
  local node=$1
  find /sys/fs/cgroup -maxdepth 3 -type d \( -name "slurm_$node" -o -name "${node}_slurmstepd.scope" \) 2>/dev/null || true
}

# A frozen process does not die before it is thawed.
thaw_cgroups() {
  local dir state
  for dir in $(cgroup_dirs "$1"); do
    while IFS= read -r state; do
      echo THAWED >"$state" 2>/dev/null || true
    done < <(find "$dir" -name freezer.state 2>/dev/null)
    while IFS= read -r state; do
      echo 0 >"$state" 2>/dev/null || true
    done < <(find "$dir" -name cgroup.freeze 2>/dev/null)
  done
}

# rmdir takes empty cgroups only: whatever another box still uses stays.
clear_cgroups() {
  local dir
  [[ $1 == head ]] && return
  for dir in $(cgroup_dirs "$1"); do
    find "$dir" -depth -type d -exec rmdir {} \; 2>/dev/null || true
  done
}
