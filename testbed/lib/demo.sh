# ./box demo: one VM by each launch path, with what each step took. The users' commands run on the head, as
# they would on a cluster's login node.

DEMO_LABEL=demo=box

box_demo() {
  local failed=0
  [[ $BOX_MODE == cluster ]] || die "the demo shows the three paths on the cluster, which needs root and namespaces; here: ./box up, then eval \"\$(./box env researcher)\""
  box_up
  step "logging in: researcher (static, scheduled), batch (direct), operator (the pool)"
  demo_log_in
  demo_clear
  step "pool: one lease for static VMs"
  as_account operator anemone pool set default --leases 1 >/dev/null
  wait_for 120 "the pool's lease being ACTIVE" demo_pool_active || die "the pool has no ACTIVE lease; see ./box logs"
  : >"$BOX_DIR/demo"
  demo_ask static researcher || failed=1
  demo_ask scheduled researcher || failed=1
  demo_submit batch || failed=1
  demo_report
  ((failed == 0)) || die "not every VM became READY; see ./box logs and: eval \"\$(./box env operator)\"; anemone vm list --all"
  say "The VMs stay. Look at them at $BOX_URL, or: eval \"\$(./box env researcher)\"; anemone vm list"
  [[ -d $BOX_OPT/images/debian-12 ]] || say "For a larger guest: ./box image debian-12 (about a minute), then: anemone vm create NAME --image debian-12 --flavor medium"
}

as_account() { run_as head "$@"; }

demo_log_in() {
  local account
  for account in "${BOX_ACCOUNTS[@]}"; do
    as_account "$account" anemone login --password-stdin "$account" <"$BOX_PASSWORDS_DIR/$account" 2>/dev/null \
      || die "$account could not log in at $BOX_URL; see ./box logs orchestrator"
    make_ssh_key "$account"
  done
}

make_ssh_key() {
  as_account "$1" sh -c '[ -e ~/.ssh/id_ed25519 ] || { mkdir -p -m 700 ~/.ssh && ssh-keygen -q -t ed25519 -N "" -f ~/.ssh/id_ed25519; }'
}

# VMs of an earlier demo would only be in the way.
demo_clear() {
  local ids id owner
  ids=$(as_account operator anemone vm list -o json \
    | jq -r '.items[] | select(.name == "demo-static" or .name == "demo-scheduled" or .name == "direct-vm") | .owner + " " + .id')
  while read -r owner id; do
    [[ -z $id ]] || as_account "$owner" anemone vm delete --wait --timeout 2m "$id" </dev/null >/dev/null
  done <<<"$ids"
}

demo_pool_active() { as_account operator anemone pool show default -o json | jq -e '.active >= 1'; }

demo_ask() {
  local path=$1 account=$2 id
  step "$path: anemone vm create demo-$path --image micro --path $path   (as $account)"
  id=$(as_account "$account" anemone vm create "demo-$path" --image micro --vcpus 1 --memory 256 --path "$path" \
    --walltime 1h --label "$DEMO_LABEL" --ssh-key .ssh/id_ed25519.pub --quiet) || return 1
  demo_wait "$account" "$id"
}

demo_submit() {
  local account=$1 job id
  step "direct: sbatch direct-vm.sbatch   (as $account)"
  as_account "$account" cp -r /opt/anemone/examples . || return 1
  job=$(as_account "$account" sbatch --parsable examples/direct-vm.sbatch) || return 1
  wait_for 60 "the VM of job $job being registered" demo_vm_of_job "$account" "$job" || {
    cat "$BOX_DIR/home/$account/direct-vm-$job.out" >&2
    return 1
  }
  id=$(demo_vm_of_job "$account" "$job")
  demo_wait "$account" "$id"
}

demo_vm_of_job() {
  as_account "$1" anemone vm list -o json | jq -er --arg job "$2" '.items[] | select(.lease.jobId == $job) | .id'
}

demo_wait() {
  local account=$1 id=$2
  as_account "$account" anemone vm wait "$id" --for READY --timeout 5m 2>&1 | sed 's/^/    /'
  as_account "$account" anemone vm show "$id" -o json | jq -c --arg login "$(demo_login "$account" "$id")" '. + {login: $login}' >>"$BOX_DIR/demo"
  [[ $(tail -n 1 "$BOX_DIR/demo" | jq -r '.phase + " " + (.login == .name | tostring)') == "READY true" ]]
}

# What `uname -n` says inside the guest.
demo_login() { as_account "$1" anemone vm ssh "$2" -- uname -n </dev/null 2>/dev/null || echo '(no login)'; }

# Seconds since the request; a direct VM's request is its job's start, and a static one's job ran before.
demo_report() {
  say ""
  jq -rs '
    def instant: capture("^(?<whole>[^.Z]*)(?<part>\\.[0-9]+)?Z$") | (.whole + "Z" | fromdateiso8601) + (.part // ".0" | "0" + . | tonumber);
    def seconds($from; $to): if $from == null or $to == null then "-"
      else (($to | instant) - ($from | instant)) * 10 | round / 10 | if . < 0 then "before" else "\(.) s" end end;
    ["PATH", "VM", "JOB", "NODE", "JOB START", "DOMAIN START", "READY", "uname -n"],
    (.[] | [.path, .id[0:8], .lease.jobId, .lease.node, seconds(.createdAt; .jobStartedAt), seconds(.createdAt; .startedAt),
      seconds(.createdAt; .readyAt), .login]) | @tsv' "$BOX_DIR/demo" | column -t -s $'\t'
  say ""
}
