# a VM of each path deleted 0 to 3 s after it was asked for, in whatever phase it is

drill() {
  local path
  VMS=()
  for path in static scheduled direct; do
    delete_while_building "$path"
  done
}

delete_while_building() {
  local id phase
  id=$(launch "$1") || fail "no VM by the $1 path"
  between 0 3000
  phase=$(vm_field "$id" .phase)
  delete_vm "$id" || fail "VM $id cannot be deleted"
  VMS+=("$id")
  did "deleted a $1 VM while $phase"
}

check() {
  local id
  for id in "${VMS[@]}"; do
    over "$id" STOPPED OPERATOR
    gone "$id"
  done
}
