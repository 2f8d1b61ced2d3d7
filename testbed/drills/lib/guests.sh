# VMs that a drill works on.

# launch PATH: asks for a VM by a path; its id.
launch() {
  local job
  if [[ $1 == direct ]]; then
    job=$(submit_direct) || return 1
    wait_for 90 "the VM of direct job $job being known" vm_of_job "$job" || return 1
    vm_of_job "$job"
  else
    ask "$1" "drill-$1"
  fi
}

submit_direct() { run_as head batch sbatch --parsable /opt/anemone/examples/direct-vm.sbatch; }

vm_of_job() { active_vms | jq -er --arg job "$1" '.items[] | select(.lease.jobId == $job) | .id'; }

is_phase() { [[ $(vm_field "$1" .phase) == "$2" ]]; }

# Emulated guests on a busy machine take their time.
await_phase() {
  wait_for "${3:-120}" "VM $1 being $2" is_phase "$1" "$2" || fail "VM $1 is $(vm_field "$1" '.phase + " " + (.message // "")')"
}

# ready PATH...: a READY VM of each path; ids in VMS, processes in GUESTS.
ready() {
  local path id
  VMS=()
  for path in "$@"; do
    id=$(launch "$path") || fail "no VM by the $path path"
    VMS+=("$id")
  done
  for id in "${VMS[@]}"; do
    await_phase "$id" READY
  done
  GUESTS=$(guests)
  did "launched a VM by: $*; all READY"
}

# Live QEMUs of the whole site: "NODE PID DOMAIN". Looked for from the host, by whose process ids they go here, and with
# few processes: what asking takes would count as the service's time.
guests() {
  local line path namespace pid
  local -A nodes=() domains=() namespaces=() node_in=()
  while read -r pid line; do
    if [[ $line =~ ANEMONE_BOX=$BOX_ID:(n[0-9]): ]]; then
      nodes[$pid]=${BASH_REMATCH[1]}
    elif [[ $line =~ guest=(anemone-[0-9a-f]{8}-[0-9]+), ]]; then
      domains[$pid]=${BASH_REMATCH[1]}
    fi
  done < <(pgrep -a '^(tini|qemu-system)')
  ((${#domains[@]})) || return 0
  # What is over meanwhile has none.
  while read -r path namespace; do
    namespaces[${path//[!0-9]/}]=$namespace
  done < <(find $(printf '/proc/%s/ns/pid ' "${!nodes[@]}" "${!domains[@]}") -printf '%p %l\n' 2>/dev/null)
  for pid in "${!nodes[@]}"; do
    node_in[${namespaces[$pid]:-gone}]=${nodes[$pid]}
  done
  for pid in "${!domains[@]}"; do
    namespace=${namespaces[$pid]:-}
    [[ -z $namespace || -z ${node_in[$namespace]:-} ]] || echo "${node_in[$namespace]} $pid ${domains[$pid]}"
  done
}

domain_of() { echo "anemone-${1:0:8}-$(vm_field "$1" .attempt)"; }

job_of() { vm_field "$1" .lease.jobId; }

node_of() { vm_field "$1" .lease.node; }

is_over() { [[ $(vm_field "$1" .phase) =~ ^(STOPPED|FAILED)$ ]]; }

# ask_meanwhile PATH...: asks for VMs while something is away; they shall be READY in the end, too.
ask_meanwhile() {
  local path id
  for path in "$@"; do
    id=$(ask "$path" meanwhile) || fail "a VM by the $path path was not taken in"
    VMS+=("$id")
  done
  did "asked for a VM meanwhile by: $*; taken in"
}

# in_guest VM USER SCRIPT: over ssh, as a researcher's own ssh would.
in_guest() {
  local host port
  host=$(vm_field "$1" .ssh.host)
  port=$(vm_field "$1" .ssh.port)
  run_as head researcher ssh -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \
    -o ConnectTimeout=20 -o LogLevel=ERROR -i /home/researcher/.ssh/id_ed25519 -p "$port" "$2@$host" "$3" </dev/null
}
