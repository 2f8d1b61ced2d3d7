# a whole Debian by the scheduled path: its user data has run and cloud-init is done when it is READY; ssh both ways

MARK=user-data-ran

drill() {
  local id
  demo_log_in 9>&-
  ensure_image debian-12 9>&-
  # What a site may do with any script: a file, a command, a user's key.
  id=$(ask scheduled debian "$(jq -nc --arg mark "$MARK" '{image: "debian-12", flavor: "small",
    userData: "#cloud-config\nwrite_files:\n- path: /etc/\($mark)\n  content: \($mark)\nruncmd:\n- [sh, -c, \"uname -n > /run/\($mark)\"]\n"}')") \
    || fail "the VM was not taken in"
  VMS=("$id")
  await_phase "$id" READY 900
  saw "READY $(vm_field "$id" '([.createdAt, .readyAt] | map(sub("\\.[0-9]+"; "") | fromdateiso8601) | .[1] - .[0])') s after it was asked for"
  GUESTS=$(guests)
}

check() {
  local said
  said=$(as_account researcher anemone ssh "${VMS[0]}" -- "cat /etc/$MARK; echo; cat /run/$MARK; cloud-init status" </dev/null 2>"$DRILL_DIR/said") \
    || fail "anemone ssh: $(cat "$DRILL_DIR/said")"
  [[ $said == "$MARK"$'\n'debian$'\n'*done ]] || fail "the guest says: $said"
  saw "by anemone ssh: user data ran, cloud-init is done"
  said=$(in_guest "${VMS[0]}" debian 'uname -n') \
    || fail "plain ssh to the node's port was refused"
  saw "by a plain ssh to $(vm_field "${VMS[0]}" .ssh.host), port $(vm_field "${VMS[0]}" .ssh.port): it is $said"
  guests_live_on
}
