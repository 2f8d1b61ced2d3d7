# Bringing the machines up together and waiting until Slurm has all of its nodes.

cluster_up() {
  local node pids=() status=0
  network_up
  machine_start head
  boot_machine head boot-head "$BOX_HEAD_ADDRESS" "$BOX_ORCHESTRATORS" &
  pids+=($!)
  for node in "${BOX_NODES[@]}"; do
    node_up "$node" &
    pids+=($!)
  done
  local pid
  for pid in "${pids[@]}"; do
    wait "$pid" || status=1
  done
  ((status == 0)) || die "not every machine came up; what went wrong stands above and in $BOX_LOG"
  wait_for 30 "slurmctld answering" machine_run head scontrol ping || die "slurmctld does not answer; see ./box logs slurmctld"
  resume_nodes
  wait_for 30 "all nodes being ready in Slurm" nodes_ready || die "$(node_states)"
  [[ ! -e $BOX_OPT/orchestrator ]] || wait_for_orchestrator
}

orchestrator_ready() {
  local url
  for url in $(orchestrator_urls | tr , ' '); do
    curl -fs -m 2 -o /dev/null "$url/q/health/ready" || return 1
  done
}

wait_for_orchestrator() {
  orchestrator_ready || step "starting the orchestrator"
  wait_for 120 "the orchestrator's being ready" orchestrator_ready || die "the orchestrator is not ready; see ./box logs orchestrator"
}

node_up() {
  machine_start "$1"
  boot_machine "$1" boot-node
}

# Children outlive this script: they must not keep its lock.
boot_machine() {
  local machine=$1 script=$2
  shift 2
  machine_run "$machine" "/opt/anemone/libexec/box/$script" "$@" 9>&-
}

node_states() { machine_run head sinfo --noheader --Node --format '%N %T %E' | sort -u; }

nodes_ready() {
  local states
  states=$(node_states) || return 1
  [[ $(grep -Ec '^n[0-9] (idle|mixed|allocated|completing|draining|drained)' <<<"$states") == "${#BOX_NODES[@]}" ]] \
    && ! grep -Eq '\*|unknown|down' <<<"$states"
}

# A node that was killed hard stays "down" for Slurm until it registers with nothing to complain about;
# a node that an operator drained stays drained.
resume_nodes() {
  local node state
  while read -r node state _; do
    [[ $state != down && $state != 'down*' ]] || machine_run head scontrol update "nodename=$node" state=resume 2>/dev/null || true
  done < <(node_states)
}
