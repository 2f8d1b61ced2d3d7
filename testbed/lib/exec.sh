# ./box exec NODE [--user NAME] -- COMMAND...: a command on a machine, as a user sees it there.

box_exec() {
  local machine='' user=root
  while (($#)); do
    case $1 in
      --) break ;;
      --user)
        [[ -n ${2:-} ]] || usage_error "--user needs a name"
        user=$2
        shift 2
        ;;
      -*) usage_error "unknown option '$1' of exec" ;;
      *)
        [[ -z $machine ]] || usage_error "exec takes one node; put -- before the command"
        machine=$1
        shift
        ;;
    esac
  done
  [[ -n $machine ]] || usage_error "exec needs a node: exec NODE [--user NAME] -- COMMAND"
  require_machine "$machine"
  [[ ${1:-} == -- ]] && shift
  (($#)) || usage_error "exec needs a command after --"
  require_root
  run_as "$machine" "$user" "$@"
}

run_as() {
  local machine=$1 user=$2 entry id group home shell
  shift 2
  entry=$(grep "^$user:" "$BOX_ETC/passwd" 2>/dev/null) || usage_error "unknown user '$user'"
  IFS=: read -r _ _ id group _ home shell <<<"$entry"
  machine_run "$machine" env -i "HOME=$home" "USER=$user" "LOGNAME=$user" "SHELL=$shell" "TERM=${TERM:-dumb}" LANG=C.UTF-8 \
    "JAVA_HOME=/opt/anemone/jdk" "XDG_RUNTIME_DIR=/run/user/$id" \
    PATH=/opt/anemone/bin:/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin \
    setpriv --reuid "$id" --regid "$group" --init-groups -- \
    sh -c 'cd "$HOME" 2>/dev/null || cd /; exec "$@"' sh "$@"
}
