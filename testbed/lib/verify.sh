# ./box verify: every test there is. Continuous integration runs this and nothing else.

BOX_VERIFY_PACKAGES=(chromium)

box_verify() {
  box_up
  release_lock
  install_packages "${BOX_VERIFY_PACKAGES[@]}"
  step "every module: format, static analysis, tests; the dashboard in Chromium; the three paths on this box"
  # The machine's own tests find the box by these.
  ANEMONE_BOX=$BOX_REPO/box ANEMONE_BOX_DIR=$BOX_DIR ANEMONE_BOX_ID=$BOX_ID ANEMONE_URL=$BOX_URL maven -B -ntp verify
  say "every check passed"
}
