# ./box bench start [--image NAME] [--runs N]: how long it takes until a guest can be used, by each path through Anemone
# next to libvirt and QEMU alone, with the same image, seed and criterion, in turn. Sourced by the box.

BENCH_NODE=n1
BENCH_PORT=21999
# As the node sees it.
BENCH_GUEST=/tmp/bench
BENCH_WAYS=(qemu libvirt static scheduled direct)

box_bench() {
  local image=micro runs=5
  [[ ${1:-} == start ]] || usage_error "bench takes one of: start"
  shift
  while (($#)); do
    case $1 in
      --image) image=${2:-} ;;
      --runs) runs=${2:-} ;;
      *) usage_error "unknown option '$1' of bench" ;;
    esac
    shift 2 || usage_error "bench: an option without a value"
  done
  [[ $runs =~ ^[1-9][0-9]?$ ]] || usage_error "--runs needs a number from 1 to 99"
  [[ $BOX_MODE == cluster ]] || die "the benchmark needs the cluster, and that needs root and namespaces"
  require_root
  machine_is_on head || die "the box is down: ./box up"
  [[ -r $BOX_OPT/images/$image/image.yaml ]] || die "the image is not installed: ./box image $image"
  bench_prepare "$image"
  bench_start "$image" "$runs"
  rm -rf "$(bench_dir)"
}

bench_prepare() {
  BENCH_DIR=$BOX_DIR/bench
  mkdir -p "$BENCH_DIR"
  DRILL_DIR=$BENCH_DIR
  # shellcheck source=testbed/drills/lib/api.sh
  . "$BOX_REPO/testbed/drills/lib/api.sh"
  # shellcheck source=testbed/drills/lib/guests.sh
  . "$BOX_REPO/testbed/drills/lib/guests.sh"
  drill_log_in
  make_ssh_key researcher
  make_ssh_key batch
  cp "$BOX_DIR/home/researcher/.ssh/id_ed25519.pub" "$BENCH_DIR/key.pub"
  BENCH_MEMORY=$(image_setting "$1" minMemoryMiB)
  ((BENCH_MEMORY >= 256)) || BENCH_MEMORY=256
  set_pool 1
  wait_for 120 "the pool's lease being ACTIVE" bench_pool_active || die "the pool has no ACTIVE lease"
}

bench_pool_active() { active_leases | jq -e '[.items[] | select(.pool == "default" and .phase == "ACTIVE")] | length > 0'; }

# A value of the image's description; its files are our own and flat.
image_setting() { sed -n "s/^ *$2: *//p" "$BOX_OPT/images/$1/image.yaml" | head -n 1; }

now() { printf '%s\n' "${EPOCHREALTIME/,/.}"; }

# Seconds between two instants of `now`, or of the API.
took() { jq -n --argjson from "$1" --argjson to "$2" '($to - $from) * 1000 | round / 1000'; }

bench_start() {
  local image=$1 runs=$2 run way seconds
  : >"$BENCH_DIR/times"
  step "$image, $BENCH_MEMORY MiB, 1 processor, $runs runs after one that is not counted; load $(cut -d' ' -f1-3 /proc/loadavg)"
  for ((run = 0; run <= runs; run++)); do
    for way in "${BENCH_WAYS[@]}"; do
      seconds=$("bench_$way" "$image") || die "$way gave no usable guest in run $run; see ./box logs"
      say "    run $run  $way  $seconds s"
      ((run == 0)) || printf '%s\t%s\t%s\n' "$run" "$way" "$seconds" >>"$BENCH_DIR/times"
    done
  done
  say "load at the end $(cut -d' ' -f1-3 /proc/loadavg)"
  bench_table
  bench_memory "$image"
}

# --- the bare tools, on one node, with a seed like the agent's

# The same files as the host sees them.
bench_dir() { echo "$BOX_MACHINES/$BENCH_NODE$BENCH_GUEST"; }

bench_files() {
  local image=$1 dir
  dir=$(bench_dir)
  rm -rf "$dir"
  mkdir -p "$dir"
  printf 'instance-id: %s\nlocal-hostname: bench\n' "$(cat /proc/sys/kernel/random/uuid)" >"$dir/meta-data"
  printf '#cloud-config\nhostname: bench\nfinal_message: "bench: cloud-init is done"\nssh_authorized_keys:\n- "%s"\n' \
    "$(cat "$BENCH_DIR/key.pub")" >"$dir/user-data"
  genisoimage -quiet -output "$dir/seed.iso" -volid cidata -joliet -rock "$dir/meta-data" "$dir/user-data"
  if [[ -n $(image_setting "$image" disk) ]]; then
    machine_run "$BENCH_NODE" qemu-img create -q -f qcow2 -F "$(image_setting "$image" diskFormat)" \
      -b "/opt/anemone/images/$image/$(image_setting "$image" disk)" "$BENCH_GUEST/disk.qcow2"
  fi
  chmod -R a+rwX "$dir"
}

# The criterion of the image: what its probe looks for.
bench_usable() {
  case $(image_setting "$1" kind) in
    ssh) bench_banner ;;
    cloud-init) grep -q 'bench: cloud-init is done' "$(bench_dir)/console.log" 2>/dev/null ;;
    *) die "the benchmark knows the probes ssh and cloud-init" ;;
  esac
}

# As the agent looks: a connection of its own each time, a quarter of a second for the banner.
bench_banner() {
  local start
  { exec 7<>"/dev/tcp/$(machine_address "$BENCH_NODE")/$BENCH_PORT"; } 2>/dev/null || return 1
  IFS= read -r -t 0.25 -N 4 -u 7 start || true
  exec 7>&-
  [[ $start == SSH- ]]
}

bench_await() {
  local begun=$1 image=$2 deadline=$((SECONDS + 900))
  until bench_usable "$image"; do
    ((SECONDS < deadline)) || return 1
    sleep 0.15
  done
  took "$begun" "$(now)"
}

bench_qemu() {
  local image=$1 dir=$BENCH_GUEST begun seconds args
  begun=$(now)
  bench_files "$image"
  bench_qemu_arguments "$image"
  machine_run "$BENCH_NODE" qemu-system-x86_64 "${args[@]}" -daemonize -pidfile "$dir/pid" >/dev/null
  seconds=$(bench_await "$begun" "$image") || seconds=''
  machine_run "$BENCH_NODE" sh -c 'kill -9 "$(cat "$1")"' sh "$dir/pid" || true
  wait_for 20 "QEMU's port being free" bench_port_free
  [[ -n $seconds ]] && echo "$seconds"
}

bench_port_free() { ! tcp_open "$(machine_address "$BENCH_NODE")" "$BENCH_PORT"; }

# Sets args: what libvirt makes of the agent's definition, as far as it matters to the guest.
bench_qemu_arguments() {
  local image=$1 from=/opt/anemone/images/$1 dir=$BENCH_GUEST
  args=(-machine pc -accel tcg,tb-size=64 -cpu max -smp 1 -m "$BENCH_MEMORY" -nodefaults -display none -vga none
    -kernel "$from/$(image_setting "$image" kernel)" -initrd "$from/$(image_setting "$image" initrd)"
    -append "$(image_setting "$image" cmdline)"
    -serial "file:$dir/console.log"
    -netdev "user,id=net0,ipv6=off,hostfwd=tcp:$(machine_address "$BENCH_NODE"):$BENCH_PORT-:22"
    -device "virtio-net-pci,netdev=net0,romfile="
    -object rng-random,id=rng0,filename=/dev/urandom -device virtio-rng-pci,rng=rng0)
  if [[ -n $(image_setting "$image" disk) ]]; then
    args+=(-drive "file=$dir/disk.qcow2,format=qcow2,if=virtio,cache=unsafe")
  fi
  args+=(-drive "file=$dir/seed.iso,format=raw,if=virtio,readonly=on")
}

bench_libvirt() {
  local image=$1 begun seconds
  begun=$(now)
  bench_files "$image"
  bench_domain "$image" >"$(bench_dir)/domain.xml"
  machine_run "$BENCH_NODE" virsh -q -c qemu:///system create "$BENCH_GUEST/domain.xml" >/dev/null
  seconds=$(bench_await "$begun" "$image") || seconds=''
  machine_run "$BENCH_NODE" virsh -q -c qemu:///system destroy anemone-bench >/dev/null || true
  [[ -n $seconds ]] && echo "$seconds"
}

# Everything in it is the box's own.
bench_domain() {
  local image=$1 from=/opt/anemone/images/$1 dir=$BENCH_GUEST seed=vda
  cat <<END
<domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
  <name>anemone-bench</name>
  <memory unit='MiB'>$BENCH_MEMORY</memory>
  <vcpu placement='static'>1</vcpu>
  <os>
    <type arch='x86_64' machine='pc'>hvm</type>
    <kernel>$from/$(image_setting "$image" kernel)</kernel>
    <initrd>$from/$(image_setting "$image" initrd)</initrd>
    <cmdline>$(image_setting "$image" cmdline)</cmdline>
  </os>
  <features><acpi/><apic/><tcg><tb-cache unit='MiB'>64</tb-cache></tcg></features>
  <cpu mode='maximum'/>
  <on_poweroff>destroy</on_poweroff>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
END
  if [[ -n $(image_setting "$image" disk) ]]; then
    seed=vdb
    cat <<END
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2' cache='unsafe'/><source file='$dir/disk.qcow2'/><target dev='vda' bus='virtio'/>
    </disk>
END
  fi
  cat <<END
    <disk type='file' device='disk'>
      <driver name='qemu' type='raw' cache='writeback'/><source file='$dir/seed.iso'/><target dev='$seed' bus='virtio'/><readonly/>
    </disk>
    <controller type='usb' model='none'/>
    <serial type='pty'><log file='$dir/console.log' append='on'/><target type='isa-serial' port='0'/></serial>
    <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
    <memballoon model='none'/>
  </devices>
  <qemu:commandline>
    <qemu:arg value='-netdev'/>
    <qemu:arg value='user,id=net0,ipv6=off,hostfwd=tcp:$(machine_address "$BENCH_NODE"):$BENCH_PORT-:22'/>
    <qemu:arg value='-device'/>
    <qemu:arg value='virtio-net-pci,netdev=net0,romfile=,bus=pci.0,addr=0x1e'/>
  </qemu:commandline>
</domain>
END
}

# --- through Anemone: from the request to READY, by the VM's record

bench_static() { bench_request static "$1"; }

bench_scheduled() { bench_request scheduled "$1"; }

bench_request() {
  local path=$1 image=$2 id begun more
  more=$(jq -nc --arg image "$image" --argjson memory "$BENCH_MEMORY" \
    '{image: $image, flavor: null, vcpus: 1, memoryMiB: $memory, walltime: "PT1H"}')
  begun=$(now)
  id=$(ask "$path" "bench-$path" "$more") || return 1
  bench_ready "$begun" "$id"
}

bench_direct() {
  local image=$1 begun job id home=$BOX_DIR/home/batch
  printf 'name: bench-direct\nimage: %s\nvcpus: 1\nmemoryMiB: %s\nsshKeys:\n- "%s"\n' "$image" "$BENCH_MEMORY" \
    "$(cat "$BENCH_DIR/key.pub")" >"$home/bench.yaml"
  chmod 0644 "$home/bench.yaml"
  begun=$(now)
  job=$(run_as head batch sbatch --parsable --mem="$((BENCH_MEMORY + 256))M" /opt/anemone/examples/direct-vm.sbatch bench.yaml) || return 1
  wait_for 120 "the VM of job $job being known" vm_of_job "$job" || return 1
  id=$(vm_of_job "$job")
  bench_ready "$begun" "$id"
}

# The node's agent says when the guest was READY; all of the box shares one clock, so that asking costs no accuracy.
bench_ready() {
  local begun=$1 id=$2 ready
  wait_for 900 "VM $id being READY" is_phase "$id" READY >&2 || return 1
  ready=$(vm_field "$id" '.readyAt | capture("^(?<whole>[^.Z]*)(?<part>\\.[0-9]+)?Z$") | (.whole + "Z" | fromdateiso8601) + (.part // ".0" | "0" + . | tonumber)')
  [[ $(vm_field "$id" '.warnings | map(select(startswith("emulated"))) | length') != 0 ]] \
    || die "this node has KVM, and the bare guests here are emulated: the two cannot be compared"
  delete_vm "$id"
  wait_for 120 "VM $id being over" is_over "$id" >&2 || return 1
  took "$begun" "$ready"
}

# --- what comes of it

# Ratios are taken within a run, so that a machine that is slow for a while is slow for all of them.
bench_table() {
  say ""
  jq -rRn '
    def spread: sort | [.[0], (if length % 2 == 1 then .[length / 2 | floor] else (.[length / 2 - 1] + .[length / 2]) / 2 end), .[-1]];
    def shown: map(. * 100 | round / 100 | tostring) | join(" / ");
    [inputs | split("\t") | {run: .[0], way: .[1], s: (.[2] | tonumber)}] as $all
    | ["WAY", "SECONDS min/median/max", "TIMES QEMU", "TIMES LIBVIRT"],
      ($all | map(.way) | reduce .[] as $w ([]; if index([$w]) then . else . + [$w] end) | .[] as $way
        | ($all | map(select(.way == $way))) as $rows
        | def ratio($to): [$rows[] | . as $r | .s / ($all[] | select(.run == $r.run and .way == $to) | .s)] | spread | shown;
          [$way, ([$rows[].s] | spread | shown), ratio("qemu"), ratio("libvirt")])
    | @tsv' <"$BENCH_DIR/times" | column -t -s $'\t'
  say ""
}

# What is resident while one guest runs by the static path.
bench_memory() {
  local id
  id=$(ask static bench-memory "$(jq -nc --arg image "$1" --argjson memory "$BENCH_MEMORY" \
    '{image: $image, flavor: null, vcpus: 1, memoryMiB: $memory, walltime: "PT1H"}')") || return 0
  wait_for 900 "VM $id being READY" is_phase "$id" READY || return 0
  say "Resident memory (MiB) while one guest of $BENCH_MEMORY MiB runs:"
  {
    printf 'orchestrator\t%s\n' "$(bench_resident head quarkus-run.jar)"
    printf 'agent\t%s\n' "$(bench_resident "$(node_of "$id")" io.anemone.agent.Main)"
    printf 'libvirtd\t%s\n' "$(bench_resident "$(node_of "$id")" libvirtd)"
    printf 'QEMU with its guest\t%s\n' "$(bench_resident "$(node_of "$id")" "$(domain_of "$id")")"
  } | column -t -s $'\t'
  delete_vm "$id"
}

# The largest process of a machine whose command line holds a text, in MiB.
bench_resident() {
  machine_run "$1" ps -eo rss=,args= | awk -v text="$2" 'index($0, text) && !/awk/ && $1 > most { most = $1 } END { print int(most / 1024) }'
}
