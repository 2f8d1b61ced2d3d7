# ./box logs [PART]: the logs whose machine or name contains PART; all without one. Follows on a terminal.

box_logs() {
  [[ $# -le 1 ]] || usage_error "logs takes at most one part"
  local part=${1:-} files
  [[ -d $BOX_LOG ]] || die "there are no logs yet: ./box up"
  mapfile -t files < <(find "$BOX_LOG" -name '*.log' -size +0 | grep -F -- "${part}" | LC_ALL=C sort)
  ((${#files[@]})) || die "no log matches '$part'; there are: $(find "$BOX_LOG" -name '*.log' -printf '%P ')"
  if [[ -t 1 ]]; then exec tail -n 20 -F "${files[@]}"; fi
  exec tail -n 100 "${files[@]}"
}
