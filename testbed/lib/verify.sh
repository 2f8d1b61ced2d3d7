# ./box verify: every test there is. Continuous integration runs this and nothing else.

BOX_VERIFY_PACKAGES=(chromium)
BOX_VERIFY_DRILLS=(access-ports-closed agent-kill-session create-delete delete-during-build libvirtd-kill-session submit-reply-dropped)

box_verify() {
  local was_up=no status=0
  if machine_is_on head; then was_up=yes; fi
  box_up
  release_lock
  install_packages "${BOX_VERIFY_PACKAGES[@]}"
  verify_all || status=$?
  # A box that was brought up for the tests goes with them.
  if [[ $was_up == no ]]; then box_down; fi
  ((status == 0)) || die "not every check passed"
  say "every check passed"
}

verify_all() {
  step "every module: format, static analysis, tests; the three paths on this box"
  # The machine's own tests find the box by these.
  ANEMONE_BOX=$BOX_REPO/box ANEMONE_BOX_DIR=$BOX_DIR ANEMONE_BOX_ID=$BOX_ID ANEMONE_URL=$BOX_URL maven -B -ntp verify || return
  step "drills: the short ones, once each"
  verify_drill "${BOX_VERIFY_DRILLS[@]}" || return
  verify_drill durability --repeats 10 || return
  step "the dashboard in Chromium: every page, then a VM by the scheduled path on this box, and its consoles"
  verify_pages || return
  verify_dashboard
}

# A process of its own: in a condition, as here, a failing command would not end a drill.
verify_drill() { ANEMONE_BOX_DIR=$BOX_DIR ANEMONE_BOX_ID=$BOX_ID "$BOX_REPO/box" drill "$@"; }

# Over a server that speaks the API, so that the pages show the same each time.
verify_pages() { npm_e2e screens; }

verify_dashboard() {
  local researcher operator
  researcher=$(<"$BOX_PASSWORDS_DIR/researcher")
  operator=$(<"$BOX_PASSWORDS_DIR/operator")
  ANEMONE_URL=$BOX_URL ANEMONE_RESEARCHER_PASSWORD=$researcher ANEMONE_OPERATOR_PASSWORD=$operator npm_e2e launch consoles
}

npm_e2e() { (cd "$BOX_REPO/web" && npm run --silent e2e -- "$@" 9>&-); }
