# What must hold of the VMs in VMS and their processes in GUESTS. A check that does not hold ends the repeat.

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
  [[ $(guests)$'\n' != *" $domain"$'\n'* ]] || fail "domain $domain still runs"
}

# Each of the service's jobs carries its lease's id in its name. Slurm remembers those that are over for 300 s.
no_job_twice() {
  local twice
  twice=$(machine_run head squeue --noheader --states=all --format %j | grep '^anemone-' | sort | uniq -d)
  [[ -z $twice ]] || fail "jobs submitted twice: $twice"
  saw "no job of any lease twice"
}

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
