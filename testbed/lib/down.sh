# ./box down [--all]: nothing of the box is left but its cache (--all: nothing at all).

box_down() {
  local machine all=no
  case ${1:-} in
    '') ;;
    --all) all=yes ;;
    *) usage_error "down takes --all or nothing, not '$1'" ;;
  esac
  [[ $# -le 1 ]] || usage_error "down takes at most one argument"
  take_lock
  if [[ $BOX_MODE == local ]]; then
    local_down
  else
    require_root
    refuse_foreign_box
    for machine in head "${BOX_NODES[@]}"; do
      machine_kill "$machine"
    done
    network_down
  fi
  if [[ $all == yes ]]; then
    rm -rf --one-file-system "$BOX_DIR"
  else
    find "$BOX_DIR" -mindepth 1 -maxdepth 1 ! -name cache ! -name .lock -exec rm -rf --one-file-system {} +
    rm -f "$BOX_DIR/.lock"
  fi
  rmdir "$BOX_DIR" 2>/dev/null || true
  say "the box is down"
}
