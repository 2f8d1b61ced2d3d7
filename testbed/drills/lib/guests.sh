# VMs that a drill works on.

# launch PATH: asks for a VM by a path; its id.
launch() {
  local job
  if [[ $1 == direct ]]; then
    job=$(submit_direct) || return 1
    wait_for 30 "the VM of direct job $job being known" vm_of_job "$job" || return 1
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

# Live QEMUs of the whole site: "NODE PID DOMAIN".
guests() {
  local node
  for node in "${BOX_NODES[@]}"; do
    machine_is_on "$node" || continue
    machine_run "$node" pgrep -a qemu-system | sed -nE "s/^([0-9]+) .*guest=(anemone-[0-9a-f]{8}-[0-9]+),.*/$node \1 \2/p" || true
  done
}

domain_of() { echo "anemone-${1:0:8}-$(vm_field "$1" .attempt)"; }

guest_of() { guests | grep -F " $(domain_of "$1")"; }

# Every process of GUESTS still runs, as the same process.
guests_live_on() {
  local now missing
  now=$(guests)
  missing=$(comm -23 <(sort <<<"$GUESTS") <(sort <<<"$now"))
  [[ -z $missing ]] || fail "a guest did not live on: $missing"
}

# guests_live_for SECONDS: looked at every 2 s.
guests_live_for() {
  local end=$((SECONDS + $1))
  while ((SECONDS < end)); do
    guests_live_on
    sleep 2
  done
  saw "QEMU processes unchanged for $1 s"
}

all_ready() {
  local id
  for id in "${VMS[@]}"; do
    await_phase "$id" READY
  done
  saw "all ${#VMS[@]} VMs READY"
}

# over VM PHASE REASON
over() {
  local fate
  fate=$(vm_field "$1" '.phase + " " + .reason')
  [[ $fate == "$2 $3" ]] || fail "VM $1 ended as '$fate', not as '$2 $3'"
  saw "VM ${1:0:8} is $fate"
}

gone() {
  local domain
  domain=$(domain_of "$1")
  ! guests | grep -qF " $domain" || fail "domain $domain still runs"
}

job_of() { vm_field "$1" .lease.jobId; }

node_of() { vm_field "$1" .lease.node; }

is_over() { [[ $(vm_field "$1" .phase) =~ ^(STOPPED|FAILED)$ ]]; }

deletes_work() {
  local id
  for id in "${VMS[@]}"; do
    delete_vm "$id" || fail "VM $id cannot be deleted"
  done
  for id in "${VMS[@]}"; do
    wait_for 20 "the end of VM $id" is_over "$id" || fail "VM $id was deleted and is $(vm_field "$id" .phase)"
    gone "$id"
  done
  saw "all deleted, no QEMU of theirs left"
}

# ask_meanwhile PATH...: asks for VMs while something is away; they shall be READY in the end, too.
ask_meanwhile() {
  local path id
  for path in "$@"; do
    id=$(ask "$path" meanwhile) || fail "a VM by the $path path was not taken in"
    VMS+=("$id")
  done
  did "asked for a VM meanwhile by: $*; taken in"
}
