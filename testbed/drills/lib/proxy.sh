# The fault proxy between the orchestrator and slurmrestd; only drills that need it go through it.

PROXY_PORT=6821
PROXY_CONTROL=6822

# use_slurm rest|proxy: the orchestrator's way to slurmrestd, by a restart of the orchestrators where it changes.
use_slurm() {
  [[ $(cat "$DRILL_DIR/slurm" 2>/dev/null || echo rest) != "$1" ]] || {
    [[ $1 == rest ]] || slurm_answers pass >/dev/null
    return 0
  }
  if [[ $1 == proxy ]]; then start_proxy; fi
  BOX_SLURM_PORT=$([[ $1 != proxy ]] || echo "$PROXY_PORT") make_head_etc
  restart_orchestrators
  echo "$1" >"$DRILL_DIR/slurm"
}

start_proxy() {
  install -m 0644 "$DRILLS/FaultProxy.java" "$BOX_OPT/libexec/box/FaultProxy.java"
  boot_proxy
  wait_for 20 "the fault proxy's answering" slurm_answers pass || die "the fault proxy does not answer; see ./box logs fault-proxy"
}

boot_proxy() {
  machine_run head /opt/anemone/libexec/box/service start fault-proxy anemone \
    /opt/anemone/jdk/bin/java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx64m /opt/anemone/libexec/box/FaultProxy.java \
    "$BOX_HEAD_ADDRESS" "$PROXY_PORT" "$PROXY_CONTROL" 6820 9>&-
}

# slurm_answers MODE: how from now on; prints how many answers the mode before has spoilt.
slurm_answers() { curl -fsS -m 5 --data-binary "$1" "http://$BOX_HEAD_ADDRESS:$PROXY_CONTROL/"; }
