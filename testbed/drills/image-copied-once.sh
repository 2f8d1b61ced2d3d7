# as many VMs at once as there are processors, of an image no node has: each node copies it once, also if a copier is killed

# With ANEMONE_BOX_NODE_CPUS=10 these are 30, ten on each node.
POOL=0
# The killed agent's download.
EXPLAINED='Connection reset by peer'
SIZE_MIB=512
IMAGE=researcher/drill
# What else a node hears meanwhile: its agents' link, Slurm, log-ins.
ALLOWED_PERCENT=120

drill() {
  local i id wanted
  bring_image
  wanted=$(vms_wanted)
  received >"$DRILL_DIR/received"
  VMS=()
  for ((i = 0; i < wanted; i++)); do
    id=$(ask scheduled "many-$i" "{\"image\": \"$IMAGE\"}") || fail "VM $i was not taken in"
    VMS+=("$id")
  done
  did "asked for ${#VMS[@]} VMs of it at once"
  kill_copier
  for id in "${VMS[@]}"; do
    wait_for 900 "VM $id being READY or over" is_settled "$id" || fail "VM $id is $(vm_field "$id" '.phase + " " + (.message // "")')"
  done
}

# All processors of the site, as Slurm counts them.
vms_wanted() { machine_run head sinfo --noheader --format %C | cut -d / -f 4; }

bring_image() {
  local file=$BOX_DIR/home/researcher/drill.raw
  demo_log_in 9>&-
  head -c "${SIZE_MIB}M" /dev/urandom >"$file"
  chown --reference="$BOX_DIR/home/researcher" "$file"
  as_account researcher anemone image upload drill.raw --name "${IMAGE#*/}" --format raw --user root \
    --kernel /opt/anemone/images/micro/vmlinuz --initrd /opt/anemone/images/micro/initrd.img \
    --cmdline "$(sed -n 's/^cmdline: //p' "$BOX_OPT/images/micro/image.yaml")" >/dev/null || fail "the image was not taken in"
  rm "$file"
  did "uploaded an image of $SIZE_MIB MiB"
}

# Bytes that each node has received so far.
received() {
  local node
  for node in "${BOX_NODES[@]}"; do
    machine_run "$node" ip -s -j link \
      | jq -r --arg node "$node" '"\($node) \([.[] | select(.ifname != "lo") | .stats64.rx.bytes] | add)"'
  done
}

# The first agent that is seen with more than a third of the copy.
kill_copier() {
  wait_for 120 "a copy's being under way" copier_found || fail "no agent was seen copying"
  machine_run "$COPIER_NODE" kill -KILL "$COPIER"
  did "SIGKILL to the agent on $COPIER_NODE that had copied $((COPIED / 1048576)) MiB"
}

copier_found() {
  local node
  for node in "${BOX_NODES[@]}"; do
    # shellcheck disable=SC2016  # for the shell in the machine
    read -r COPIER COPIED < <(machine_run "$node" sh -c '
      for file in $(find /var/lib/anemone/cache-researcher -path "*partial*" -type f -size "+$1M" 2>/dev/null); do
        for fd in $(find /proc/[0-9]*/fd -lname "$file" 2>/dev/null); do
          pid=${fd#/proc/}
          echo "${pid%%/*} $(stat -c %s "$file")" && exit
        done
      done' sh "$((SIZE_MIB / 3))") || continue
    COPIER_NODE=$node
    return
  done
  return 1
}

is_settled() { [[ $(vm_field "$1" .phase) =~ ^(READY|STOPPED|FAILED)$ ]]; }

check() {
  local id over=0 node before now whole=$((SIZE_MIB * 1048576)) bytes
  for id in "${VMS[@]}"; do
    is_phase "$id" READY || { over=$((over + 1)) && saw "VM ${id:0:8} is $(vm_field "$id" '.phase + " " + .reason')"; }
  done
  ((over <= 1)) || fail "$over VMs are not READY; the killed agent had one"
  while read -r node before; do
    now=$(received | sed -n "s/^$node //p")
    bytes=$(entries_bytes "$node")
    saw "$node: $(guests | grep -c "^$node ") guests, $(((now - before) / 1048576)) MiB received, $((bytes / 1048576)) MiB in the cache"
    ((now - before >= whole)) || fail "$node received less than the image"
    ((now - before <= whole * ALLOWED_PERCENT / 100)) || fail "$node received more than one copy"
    ((bytes <= whole * ALLOWED_PERCENT / 100)) || fail "$node keeps more than one copy"
  done <"$DRILL_DIR/received"
  as_account researcher anemone image delete "$IMAGE" >/dev/null || fail "the image cannot be deleted"
}

# Files of the cache; a link in a job's directory is the same file.
entries_bytes() { machine_run "$1" du -sb /var/lib/anemone/cache-researcher | cut -f 1; }
