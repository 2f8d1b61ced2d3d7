# The verbs.

main() {
  local verb=${1:-help}
  [[ $# == 0 ]] || shift
  case $verb in
    up) no_arguments up "$@" && box_up ;;
    exec) box_exec "$@" ;;
    image) box_image "$@" ;;
    help | -h | --help) box_help ;;
    *) usage_error "unknown verb '$verb'" ;;
  esac
}

no_arguments() {
  [[ $# == 1 ]] || usage_error "$1 takes no argument, not '$2'"
}

box_help() { cat "$BOX_REPO/testbed/etc/help.txt"; }
