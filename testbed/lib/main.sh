# The verbs.

main() {
  local verb=${1:-help}
  (($# == 0)) || shift
  BOX_MODE=$(box_mode)
  [[ $BOX_MODE == cluster ]] || use_local_addresses
  case $verb in
    up) no_arguments up "$@" && box_up ;;
    demo) no_arguments demo "$@" && box_demo ;;
    verify) no_arguments verify "$@" && box_verify ;;
    status) no_arguments status "$@" && box_status ;;
    env) box_env "$@" ;;
    exec) box_exec "$@" ;;
    power) box_power "$@" ;;
    drill) box_drill "$@" ;;
    logs) box_logs "$@" ;;
    image) box_image "$@" ;;
    simulate) box_simulate "$@" ;;
    bench) box_bench "$@" ;;
    down) box_down "$@" ;;
    help | -h | --help) cat "$BOX_REPO/testbed/etc/help.txt" ;;
    *) usage_error "unknown verb '$verb'" ;;
  esac
}

no_arguments() {
  (($# == 1)) || usage_error "$1 takes no argument, not '$2'"
}
