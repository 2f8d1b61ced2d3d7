# Building Anemone with Maven and installing it for the machines.

maven() {
  local jdk
  jdk=$(find_jdk)
  # Maven's own libraries still use what JDK 25 warns about.
  (cd "$BOX_REPO" && JAVA_HOME=$jdk MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}" ./mvnw "$@" 9>&-)
}

# Whatever Maven reads; never what it writes.
sources_newer_than() {
  find "$BOX_REPO/pom.xml" "$BOX_REPO/mvnw" "$BOX_REPO/.mvn" "$BOX_REPO"/{core,orchestrator,hypervisor-agent,cli,web,db-migrations,examples} \
    \( -name target -o -name node_modules -o -name dist \) -prune -o -type f -newer "$1" -print -quit 2>/dev/null | grep -q .
}

ensure_build() {
  local stamp=$BOX_OPT/.built
  if [[ ${ANEMONE_BOX_BUILD:-yes} != yes ]]; then
    [[ -e $stamp ]] || die "nothing was built here yet, or ./box down has removed it: start without ANEMONE_BOX_BUILD=no"
    return 0
  fi
  [[ ! -e $stamp ]] || sources_newer_than "$stamp" || return 0
  step "building Anemone"
  touch "$BOX_DIR/.building"
  build_modules
  install_java
  # What runs is the old build: it is started again with the rest.
  if [[ $BOX_MODE == local ]]; then
    local_service stop orchestrator
  elif machine_is_on head; then
    machine_run head /opt/anemone/libexec/box/service stop orchestrator
    machine_run head /opt/anemone/libexec/box/service stop orchestrator-2
  fi
  # A source changed during the build is newer than this stamp.
  mv "$BOX_DIR/.building" "$stamp"
}

build_modules() {
  local status=0
  maven -B -ntp package -Dmaven.test.skip -Dweb.check.skip -Dspotless.check.skip 2>&1 \
    | tee "$BOX_LOG/build.log" | sed -un 's/^\[INFO\] Building \(.*\)  *\[\(.*\)\]$/    \2 \1/p' || status=$?
  ((status == 0)) || {
    grep '^\[ERROR\]' "$BOX_LOG/build.log" | head -n 15 >&2
    die "the build failed; all of it is in $BOX_LOG/build.log"
  }
}

install_java() {
  install_dir "$BOX_REPO/hypervisor-agent/target/dist" "$BOX_OPT/lib/agent"
  install_dir "$BOX_REPO/cli/target/dist" "$BOX_OPT/lib/cli"
  install_dir "$BOX_REPO/orchestrator/target/quarkus-app" "$BOX_OPT/orchestrator"
  install_dir "$BOX_REPO/examples" "$BOX_OPT/examples"
  install -d -m 0755 "$BOX_OPT/bin"
  install -m 0755 "$BOX_REPO/testbed/etc/anemone" "$BOX_REPO/testbed/etc/anemone-agent" "$BOX_OPT/bin/"
  rehearse_agent
}

rehearse_agent() {
  JAVA_HOME=$(find_jdk) ANEMONE_HOME=$BOX_OPT "$BOX_OPT/bin/anemone-agent" rehearse >>"$BOX_LOG/build.log" 2>&1 \
    || warn "agents start more slowly than they could: nothing was recorded; see the end of $BOX_LOG/build.log"
}

# Old jars must not stay beside new ones.
install_dir() {
  [[ -d $1 ]] || return 0
  rm -rf "$2.new"
  mkdir -p "$(dirname "$2")"
  cp -r "$1" "$2.new"
  chmod -R u=rwX,go=rX "$2.new"
  rm -rf "$2"
  mv "$2.new" "$2"
}
