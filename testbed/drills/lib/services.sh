# Killing what runs in machines, and starting it again. Process ids are those of the machine's own namespace.

# As boot-head and boot-node record it.
service_pid() { machine_run "$1" cut -d ' ' -f 1 "/run/service/$2"; }

service_lives() { machine_run "$1" /opt/anemone/libexec/box/service alive "$2"; }

service_is_dead() { ! service_lives "$@"; }

kill_service() {
  local machine=$1 name=$2 pid
  pid=$(service_pid "$machine" "$name") || fail "$name does not run on $machine"
  machine_run "$machine" kill -KILL "$pid"
  wait_for 5 "the end of $name on $machine" service_is_dead "$machine" "$name" || fail "$name survived kill -9"
  did "kill -9 of $name on $machine"
}

start_head() { boot_machine head boot-head "$BOX_HEAD_ADDRESS" "$BOX_ORCHESTRATORS"; }

start_orchestrators() {
  boot_machine head boot-orchestrator "$BOX_ORCHESTRATORS"
  PACE=0.1 wait_for 120 "the orchestrators' being ready" orchestrator_ready || fail "an orchestrator is not ready"
}

# The orchestrator to be broken, in VICTIM: of two either, and the other one is asked from now on.
choose_victim() {
  VICTIM=orchestrator API=$BOX_URL
  ((BOX_ORCHESTRATORS == 2)) || return 0
  if ((RANDOM % 2)); then VICTIM=orchestrator-2; else API=$(second_orchestrator); fi
}

restart_orchestrators() {
  machine_run head /opt/anemone/libexec/box/service stop orchestrator
  machine_run head /opt/anemone/libexec/box/service stop orchestrator-2
  start_orchestrators
}

# All of its processes in one stroke, so that none has a last word.
kill_postgres() {
  machine_run head pkill -KILL -u postgres -x postgres
  wait_for 5 "the end of PostgreSQL" no_postgres || fail "PostgreSQL survived kill -9"
}

no_postgres() { ! machine_run head pgrep -u postgres -x postgres; }

start_postgres() { boot_machine head boot-postgres "$BOX_HEAD_ADDRESS"; }

# processes NODE JOB COMM: of a job, by their program's name.
processes() {
  # shellcheck disable=SC2016  # for the shell in the machine
  machine_run "$1" sh -c 'for pid in $(pgrep -x "$2"); do
    tr "\0" "\n" <"/proc/$pid/environ" 2>/dev/null | grep -qx "SLURM_JOB_ID=$1" && echo "$pid"; done; true' sh "$2" "$3"
}

# The agent's JVM, not its subreaper.
agent_of() { processes "$(node_of "$1")" "$(job_of "$1")" java; }

# signal_agent SIGNAL VM
signal_agent() {
  local pid
  pid=$(agent_of "$2")
  [[ -n $pid ]] || fail "VM $2 has no agent"
  machine_run "$(node_of "$2")" kill "-$1" "$pid"
  did "SIG$1 to the agent of job $(job_of "$2") on $(node_of "$2")"
}

slurm_away_for() {
  kill_service head "$1"
  guests_live_for "$2"
  start_head
  [[ $1 != slurmctld ]] || wait_for 30 "slurmctld answering" machine_run head scontrol ping || fail "slurmctld does not answer"
  did "started $1 again after $2 s"
}

# Whatever a drill that failed left broken.
mend() {
  local node
  start_head
  for node in "${BOX_NODES[@]}"; do
    let_through "$node"
    node_cable "$node" up
    node_up "$node"
    machine_run "$node" pkill -CONT -x java || true
  done
  machine_run head pkill -CONT -x java || true
  start_orchestrators
  wait_for 60 "all nodes being ready in Slurm" mended_nodes || die "$(node_states)"
}

mended_nodes() {
  resume_nodes
  nodes_ready
}
