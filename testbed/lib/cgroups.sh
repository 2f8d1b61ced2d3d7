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
      case $state in
        */freezer.state) echo THAWED >"$state" ;;
        */cgroup.freeze) echo 0 >"$state" ;;
      esac 2>/dev/null || true
    done < <(find "$dir" -regextype egrep -regex ".*/job_$(job_id_pattern)/.*(freezer.state|cgroup.freeze)" 2>/dev/null)
  done
}

# Job ids tell which box a job's cgroup belongs to (see FirstJobId in slurm.conf). What is above them is shared by
# all boxes and goes with the last: taken away under a job that is just starting, that job would fail.
clear_cgroups() {
  local dir
  [[ $1 == head ]] && return
  for dir in $(cgroup_dirs "$1"); do
    find "$dir" -depth -type d -regextype egrep -regex ".*/job_$(job_id_pattern)(/.*)?" -exec rmdir {} \; 2>/dev/null || true
    other_box_runs "$1" || find "$dir" -depth -type d -exec rmdir {} \; 2>/dev/null || true
  done
}

job_id_pattern() {
  if ((BOX_ID == 0)); then echo '[0-9]{1,6}'; else echo "$BOX_ID[0-9]{6}"; fi
}

other_box_runs() { pgrep -f -- "^tini .*ANEMONE_BOX=[^$BOX_ID]:$1:" >/dev/null; }
