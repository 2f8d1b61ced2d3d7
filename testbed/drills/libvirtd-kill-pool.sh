# kill -9 of a pool node's libvirtd, started again after 3 s: guests live on, delete works

drill() {
  local node
  ready static static
  node=$(node_of "${VMS[0]}")
  kill_service "$node" libvirtd
  guests_live_for 3
  boot_machine "$node" boot-node
  did "started libvirtd on $node again"
}

check() {
  guests_live_on
  all_ready
  deletes_work
}
