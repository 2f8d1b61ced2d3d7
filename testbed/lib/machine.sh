# A machine of the cluster: head or node. It is an init (tini) in namespaces of its own; the process
# table is the only record of it, so nothing can go stale.

# The marker in the init's arguments. The process that carries it as process 1 of its namespace is the machine.
machine_marker() { echo "ANEMONE_BOX=$BOX_ID:$1:"; }

# Host process id of a machine's init; fails when the machine is off.
machine_pid() {
  local pid
  for pid in $(pgrep -f -- "^tini .*$(machine_marker "$1")"); do
    [[ $(awk '/^NSpid:/ { print NF == 3 && $3 == 1 }' "/proc/$pid/status" 2>/dev/null) == 1 ]] && echo "$pid" && return
  done
  return 1
}

machine_is_on() { machine_pid "$1" >/dev/null; }

# Two checkouts with the same box id would fight over names and addresses.
refuse_foreign_box() {
  local machine pid dir
  for machine in head "${BOX_NODES[@]}"; do
    pid=$(machine_pid "$machine") || continue
    dir=$(tr '\0' '\n' <"/proc/$pid/cmdline" | sed -n "s|^$(machine_marker "$machine")||p")
    [[ $dir == "$BOX_DIR" ]] \
      || die "box $BOX_ID is running with its state in $dir; bring that one down, or set ANEMONE_BOX_ID to another digit for this one"
  done
}

machine_start() {
  local machine=$1 enter=()
  machine_is_on "$machine" && return
  clear_cgroups "$machine"
  mkdir -p "$BOX_MACHINES/$machine"/{root,var,tmp} "$BOX_LOG/$machine"
  chmod 1777 "$BOX_MACHINES/$machine/tmp"
  make_kvm_device "$machine"
  if [[ $machine != head ]]; then
    enter=(nsenter "--net=/run/netns/$(netns_of "$machine")")
    node_cable "$machine" up
  fi
  setsid -f "${enter[@]}" unshare --uts --mount --ipc --pid --fork --kill-child \
    "$BOX_REPO/testbed/machine/start" "$machine" "$BOX_ID" "$BOX_DIR" "$(find_jdk)" \
    </dev/null >>"$BOX_LOG/$machine/machine.log" 2>&1 9>&-
  wait_for 10 "the start of machine $machine" machine_is_on "$machine" \
    || die "machine $machine did not start; its last words: $(tail -n 2 "$BOX_LOG/$machine/machine.log")"
}

# A real node lets its users try /dev/kvm. The device file is the node's own: the host's keeps its mode.
make_kvm_device() {
  local device=$BOX_MACHINES/$1/kvm
  [[ -e /dev/kvm && ! -e $device ]] || return 0
  mknod -m 0666 "$device" c 10 232 2>/dev/null || true
}

# Killing the init kills everything in the machine in one stroke, as power loss does.
machine_kill() {
  local machine=$1 pid
  thaw_cgroups "$machine"
  pid=$(machine_pid "$machine") || return 0
  [[ $machine == head ]] || node_cable "$machine" down 2>/dev/null || true
  kill -KILL "$pid"
  wait_for 20 "the end of machine $machine" process_is_gone "$pid" || die "machine $machine does not die (pid: $pid)"
  clear_cgroups "$machine"
}

process_is_gone() { [[ ! -e /proc/$1 ]]; }

# machine_run NAME COMMAND...: as root inside a machine, with stdin, stdout and exit code passed through.
machine_run() {
  local pid cgroup
  pid=$(machine_pid "$1") || die "machine $1 is off (start it with: ./box up, or ./box power on $1)"
  cgroup=$(v2_dir "$1")/init/cgroup.procs
  shift
  # Joined from outside: a cgroup namespace takes in nobody from beyond its root.
  (
    [[ ! -e $cgroup ]] || echo "$BASHPID" >"$cgroup"
    exec nsenter --target "$pid" --mount --uts --ipc --net --pid --cgroup -- "$@"
  )
}
