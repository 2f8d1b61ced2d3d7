# ./box simulate: the whole site in virtual time, with faults. Needs no box.

box_simulate() {
  (($# > 0)) || usage_error "simulate needs --seed N or --seeds N [--from S]"
  simulation_is_built || {
    step "building the simulation"
    maven -q -B -ntp -pl simulation -am package -Dmaven.test.skip -Dspotless.check.skip
  }
  local classes
  classes=$(printf '%s/target/classes:' "$BOX_REPO"/{core,testkit,hypervisor-agent,simulation})
  "$(find_jdk)/bin/java" -XX:+UseSerialGC \
    -cp "$classes$BOX_REPO/hypervisor-agent/target/dist/*" io.anemone.simulation.Main "$@"
}

simulation_is_built() {
  local built=$BOX_REPO/simulation/target/classes/io/anemone/simulation/Main.class
  [[ -e $built ]] || return 1
  ! find "$BOX_REPO"/{core,testkit,hypervisor-agent,simulation}/src/main -newer "$built" -type f -print -quit | grep -q .
}
