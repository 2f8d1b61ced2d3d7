# ./box drill NAME... | all | list [--repeats N]: breaks something on the box on purpose, and says whether it held.

DRILLS=$BOX_REPO/testbed/drills

box_drill() {
  local names=() repeats=1
  while (($#)); do
    case $1 in
      --repeats)
        [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || usage_error "--repeats needs a number"
        repeats=$2
        shift
        ;;
      -*) usage_error "unknown option '$1' of drill" ;;
      *) names+=("$1") ;;
    esac
    shift
  done
  case "${names[*]}" in
    '') usage_error "drill needs a name, all or list" ;;
    list) drill_list && return ;;
    all) mapfile -t names < <(drill_names) ;;
  esac
  drill_run "$repeats" "${names[@]}"
}

drill_names() { find "$DRILLS" -maxdepth 1 -name '*.sh' -printf '%f\n' | sed 's/\.sh$//' | LC_ALL=C sort; }

# What a drill does is its file's first line.
drill_list() {
  local name
  for name in $(drill_names); do
    printf '%-26s %s\n' "$name" "$(sed -n '1s/^# //p' "$DRILLS/$name.sh")"
  done
}

drill_run() {
  local repeats=$1 name part
  shift
  for name in "$@"; do
    [[ -r $DRILLS/$name.sh ]] || usage_error "there is no drill '$name'; see ./box drill list"
  done
  [[ $BOX_MODE == cluster ]] || die "drills need the cluster, and that needs root and namespaces"
  require_root
  take_lock
  refuse_foreign_box
  machine_is_on head || die "the box is down: ./box up"
  for part in "$DRILLS"/lib/*.sh; do
    # shellcheck source=/dev/null
    . "$part"
  done
  drill_all "$repeats" "$@"
}
