# ./box status: what runs and what does not; exit code 0 only when all of it runs.

box_status() {
  local machine status=0
  if [[ $BOX_MODE == local ]]; then
    local_status
    return
  fi
  printf '%-8s %-6s %s\n' MACHINE POWER SERVICES
  for machine in head "${BOX_NODES[@]}"; do
    machine_status "$machine" || status=1
  done
  if machine_is_on head; then
    say ""
    machine_run head sinfo --Node --format '%8N %10T %5c %8m %E' 2>/dev/null | awk '!seen[$0]++' || status=1
    say ""
    if orchestrator_ready; then
      say "dashboard $BOX_URL"
    else
      say "dashboard $BOX_URL does not answer"
      status=1
    fi
  fi
  return "$status"
}

# Which services belong to a machine.
machine_services() {
  case $1 in
    head)
      [[ ! -e $BOX_OPT/pgsql ]] || echo postgres
      echo munged slurmctld slurmrestd
      [[ ! -e $BOX_OPT/orchestrator ]] || echo orchestrator
      ! grep -q , "$BOX_ETC/anemone/client.env" || echo orchestrator-2
      ;;
    *) echo munged libvirtd slurmd ;;
  esac
}

machine_status() {
  local machine=$1 service state=() status=0
  if ! machine_is_on "$machine"; then
    printf '%-8s %-6s\n' "$machine" off
    return 1
  fi
  for service in $(machine_services "$machine"); do
    if machine_run "$machine" /opt/anemone/libexec/box/service alive "$service"; then
      state+=("$service")
    else
      state+=("$service(DEAD)")
      status=1
    fi
  done
  printf '%-8s %-6s %s\n' "$machine" on "${state[*]}"
  return "$status"
}
