# Slurm's cgroups of a node stand in the host's hierarchy and outlive a node that lost its power.
# v1: slurm_NODE below each controller, shared by all boxes. v2: one tree for each machine of each box.

v2_dir() { echo "/sys/fs/cgroup/anem$BOX_ID-$1"; }

v1_dirs() { find /sys/fs/cgroup -mindepth 2 -maxdepth 2 -type d -name "slurm_$1" 2>/dev/null || true; }

# The state files of this box's jobs on a node.
freezer_states() {
  local dir
  for dir in $(v1_dirs "$1"); do
    find "$dir" -regextype egrep -regex ".*/job_$(job_id_pattern)/.*freezer.state" 2>/dev/null || true
  done
  find "$(v2_dir "$1")" -name cgroup.freeze 2>/dev/null || true
}

# A frozen process of a v1 cgroup does not die before it is thawed.
thaw_cgroups() {
  local state
  while IFS= read -r state; do
    case $state in
      */freezer.state) echo THAWED >"$state" ;;
      */cgroup.freeze) echo 0 >"$state" ;;
    esac 2>/dev/null || true
  done < <(freezer_states "$1")
}

# Job ids tell which box a job's v1 cgroup belongs to (see FirstJobId in slurm.conf). What is above them is shared
# by all boxes and goes with the last: taken away under a job that is just starting, that job would fail.
clear_cgroups() {
  local dir
  for dir in $(v1_dirs "$1"); do
    find "$dir" -depth -type d -regextype egrep -regex ".*/job_$(job_id_pattern)(/.*)?" -exec rmdir {} \; 2>/dev/null || true
    other_box_runs "$1" || find "$dir" -depth -type d -exec rmdir {} \; 2>/dev/null || true
  done
  find "$(v2_dir "$1")" -depth -type d -exec rmdir {} \; 2>/dev/null || true
}

job_id_pattern() {
  if ((BOX_ID == 0)); then echo '[0-9]{1,6}'; else echo "${BOX_ID}[0-9]{6}"; fi
}

other_box_runs() { pgrep -f -- "^tini .*ANEMONE_BOX=[^$BOX_ID]:$1:" >/dev/null; }
