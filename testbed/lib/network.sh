# One bridge on the host; each node is a network namespace with one cable (veth) to it.
# Nothing is routed: guests and nodes see the cluster only, and the host's forwarding stays as it is.

netns_of() { echo "anem$BOX_ID-$1"; }

network_up() {
  local node
  mountpoint -q /run/netns || touch "$BOX_DIR/.made-run-netns"
  if ! ip link show dev "$BOX_BRIDGE" >/dev/null 2>&1; then
    ip link add "$BOX_BRIDGE" type bridge 2>/dev/null \
      || die "this kernel gives no bridge (ip link add $BOX_BRIDGE type bridge): load its module (modprobe bridge)"
  fi
  ip addr replace "$BOX_HEAD_ADDRESS/24" dev "$BOX_BRIDGE"
  ip link set "$BOX_BRIDGE" up
  for node in "${BOX_NODES[@]}"; do
    node_network_up "$node"
  done
}

node_network_up() {
  local node=$1 netns
  netns=$(netns_of "$node")
  # A file without its mount is what a reboot or a hard kill leaves.
  if ! ip netns exec "$netns" true 2>/dev/null; then
    ip netns delete "$netns" 2>/dev/null || true
    ip netns add "$netns"
  fi
  if ! ip -n "$netns" link show dev eth0 >/dev/null 2>&1; then
    ip link delete "$netns" 2>/dev/null || true
    ip link add "$netns" type veth peer name eth0 netns "$netns"
  fi
  ip -n "$netns" addr replace "$(machine_address "$node")/24" dev eth0
  ip -n "$netns" link set lo up
  ip -n "$netns" link set eth0 up
  ip link set "$netns" master "$BOX_BRIDGE"
}

# The cable is out while a node is off: connections to it time out, as they do when power fails.
node_cable() { ip link set "$(netns_of "$1")" "$2"; }

network_down() {
  local node netns
  for node in "${BOX_NODES[@]}"; do
    netns=$(netns_of "$node")
    ip link delete "$netns" 2>/dev/null || true
    ip netns delete "$netns" 2>/dev/null || true
  done
  ip link delete "$BOX_BRIDGE" 2>/dev/null || true
  # The first `ip netns add` of a host mounts this directory on itself.
  if [[ -e $BOX_DIR/.made-run-netns && -z $(ls -A /run/netns 2>/dev/null) ]]; then
    umount /run/netns 2>/dev/null || true
    rmdir /run/netns 2>/dev/null || true
  fi
}
