# The site as it is, and what does not fit in it.

jobs_json() {
  machine_run head squeue --noheader --format '%i %T' \
    | jq -Rnc '[inputs | split(" ") | {id: .[0], state: .[1]}]'
}

guests_json() { guests | jq -Rnc '[inputs | split(" ") | {node: .[0], pid: .[1], domain: .[2]}]'; }

# The world is asked first: what ends in between is then told as over by the service, never the other way round.
complaints() {
  local jobs guests vms leases
  jobs=$(jobs_json) || return 1
  guests=$(guests_json) || return 1
  if ! vms=$(active_vms) || ! leases=$(active_leases); then
    echo "the API does not answer"
    return
  fi
  jq -nr --argjson jobs "$jobs" --argjson guests "$guests" --argjson pool "$DRILL_POOL" \
    --argjson vms "$(jq -c .items <<<"$vms")" --argjson leases "$(jq -c .items <<<"$leases")" \
    -f "$DRILLS/lib/complaints.jq"
}

# settle SECONDS: waits for no complaint. SETTLED is how long it took from the fault's end, in ms.
settle() {
  local healed deadline complaints
  healed=$(cat "$DRILL_DIR/healed")
  deadline=$(($(now_ms) + 120000))
  while complaints=$(complaints); [[ -n $complaints ]]; do
    (($(now_ms) < deadline)) || fail "not converged after 120 s: $complaints"
    echo "$complaints" >"$DRILL_DIR/complaints"
    # A look takes a good part of a second of one processor: the site needs them now.
    sleep 0.4
  done
  SETTLED=$(($(now_ms) - healed))
  echo "$SETTLED" >"$DRILL_DIR/settled"
  ((SETTLED <= $1 * 1000)) || fail "converged only after $(tenths "$SETTLED"), bound $1 s; last was: $(cat "$DRILL_DIR/complaints")"
}

# A guest's own boot is not the service's to shorten: it is waited for apart.
all_booted() {
  active_vms | jq -e 'all(.items[]; .phase == "READY" or .phase == "QUEUED" or .phase == "PENDING")'
}

no_vms() { active_vms | jq -e '.items == []'; }

# Page by page: what is deleted while it waits for a lease is over at once.
delete_all() {
  local id ids
  while mapfile -t ids < <(active_vms | jq -r '.items[] | select(.goal == "RUN") | .id'); ((${#ids[@]})); do
    for id in "${ids[@]}"; do
      delete_vm "$id" || fail "VM $id cannot be deleted"
    done
  done
}
