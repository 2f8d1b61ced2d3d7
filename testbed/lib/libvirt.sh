# libvirt's configuration on the nodes: one system daemon for each node, in the node's own view.

make_libvirt_config() {
  local dir=$1
  install -d -m 0755 "$dir" "$dir/qemu"
  cat >"$dir/libvirtd.conf" <<'CONF'
unix_sock_group = "libvirt"
unix_sock_ro_perms = "0777"
unix_sock_rw_perms = "0770"
auth_unix_ro = "none"
auth_unix_rw = "none"
log_outputs = "2:stderr"
CONF
  cat >"$dir/qemu.conf" <<'CONF'
# The guests of pool leases run as the account that owns the leases, as the guests of scheduled leases
# run as their user: it can read the images and the job's directory, and no secret of the cluster.
user = "anemone"
group = "anemone"
dynamic_ownership = 1
remember_owner = 0
security_driver = "none"
# The node is itself a set of namespaces without cgroups of its own to give out.
cgroup_controllers = []
namespaces = []
# The agent (not root) reads its guests' console logs; with virtlogd they would belong to root.
stdio_handler = "file"
CONF
}
