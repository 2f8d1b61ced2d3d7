# ./box up: every step is a no-op where its result is there already.

wanted_images() { tr , ' ' <<<"${ANEMONE_BOX_IMAGES:-micro}"; }

box_up() {
  local image
  if [[ $BOX_MODE == local ]]; then
    local_up
    return
  fi
  take_lock
  require_root
  require_namespaces
  install_packages "${BOX_PACKAGES[@]}"
  find_jdk >/dev/null
  refuse_foreign_box
  mkdir -p "$BOX_CACHE" "$BOX_LOG" "$BOX_MACHINES" "$BOX_OPT"
  chmod 0755 "$BOX_DIR"
  ensure_build
  ensure_postgres
  for image in $(wanted_images); do
    ensure_image "$image"
  done
  prepare_state
  step "starting head ${BOX_NODES[*]}"
  cluster_up
  say_fence
  box_ready
}

require_root() { [[ $EUID == 0 ]] || die "this needs the cluster, and that needs root for its namespaces and its network"; }

require_namespaces() {
  can_unshare || die "this machine gives no namespaces (an unprivileged container?): ANEMONE_BOX_MODE=local, as an ordinary user, does without"
}

prepare_state() {
  make_secrets
  install_machine_scripts
  make_homes
  # Machines that run hold the old directory in their view.
  machine_is_on head || make_etc
  make_client_env
  make_head_etc
}

box_ready() {
  local account
  say ""
  say "The box is up."
  say "  dashboard  $BOX_URL"
  for account in "${BOX_ACCOUNTS[@]}"; do
    printf '  %-10s %s\n' "$account" "$(cat "$BOX_PASSWORDS_DIR/$account")"
  done
}
