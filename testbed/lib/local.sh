# Without root or namespaces: no cluster. PostgreSQL, the orchestrator with its embedded scheduler, and the agents run
# as the current user on this machine alone.

BOX_LOCAL=$BOX_DIR/local
BOX_LOCAL_PACKAGES=(libvirt-daemon-system libvirt-clients qemu-system-x86 qemu-utils genisoimage openssh-client openssl curl jq cpio xz-utils)

# cluster or local; a box that is there keeps what it is.
box_mode() {
  local mode=${ANEMONE_BOX_MODE:-auto}
  case $mode in
    auto)
      if [[ -d $BOX_LOCAL ]]; then
        echo local
      elif [[ $EUID == 0 ]] && can_unshare; then
        echo cluster
      else
        echo local
      fi
      ;;
    cluster | local) echo "$mode" ;;
    *) usage_error "ANEMONE_BOX_MODE is auto, cluster or local, not '$mode'" ;;
  esac
}

can_unshare() { unshare --mount --uts --ipc --pid --net --fork true 2>/dev/null; }

use_local_addresses() {
  BOX_HEAD_ADDRESS=127.0.0.1
  BOX_LOCAL_HTTP=$((18080 + BOX_ID))
  BOX_LOCAL_DB=$((15432 + BOX_ID))
  BOX_URL=http://127.0.0.1:$BOX_LOCAL_HTTP
}

local_service() {
  SERVICE_STATE=$BOX_LOCAL/service SERVICE_LOGS=$BOX_LOG "$BOX_REPO/testbed/machine/service" "$@" 9>&-
}

local_up() {
  local image
  warn "no cluster here (it needs root and namespaces): one embedded scheduler on this machine in Slurm's place, all jobs run as $(id -un), no lease is fenced by a cgroup"
  ((BOX_ORCHESTRATORS == 1)) || die "the local box has one orchestrator: its embedded scheduler is a part of it"
  [[ $EUID != 0 ]] || die "PostgreSQL and users' guests do not run as root: run the local box as an ordinary user"
  take_lock
  install_packages "${BOX_LOCAL_PACKAGES[@]}"
  mkdir -p "$BOX_CACHE" "$BOX_LOG" "$BOX_OPT"
  install -d -m 0700 "$BOX_LOCAL" "$BOX_LOCAL/jobs"
  make_secrets
  ensure_build
  ensure_postgres
  for image in $(wanted_images); do
    ensure_image "$image"
  done
  ln -sfn "$(find_jdk)" "$BOX_OPT/jdk"
  local_files
  step "starting PostgreSQL and the orchestrator"
  [[ -n ${ANEMONE_DB_URL:-} ]] || local_postgres
  # shellcheck disable=SC2016  # expanded by the inner shell
  local_service start orchestrator "$(id -un)" bash -c 'set -a; . "$1/orchestrator.env"; set +a; cd "$2/orchestrator"
    exec "$2/jdk/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -Xmx384m -jar quarkus-run.jar' bash "$BOX_LOCAL" "$BOX_OPT"
  wait_for_orchestrator
  box_ready
}

# The agents of a local box find their files beside it, and all of them are the user's own.
local_files() {
  accounts_file >"$BOX_LOCAL/accounts"
  cat >"$BOX_LOCAL/anemone-agent" <<AGENT
#!/bin/sh
export ANEMONE_HOME='$BOX_OPT' ANEMONE_IMAGES_DIR='$BOX_OPT/images' ANEMONE_STATE_DIR='$BOX_LOCAL/jobs'
export SLURMD_NODENAME='$(uname -n)' ANEMONE_AGENT_MODE=session ANEMONE_NODE_ADDRESS=127.0.0.1
exec '$BOX_OPT/bin/anemone-agent' "\$@"
AGENT
  chmod 0700 "$BOX_LOCAL/anemone-agent"
  (umask 077 && local_env >"$BOX_LOCAL/orchestrator.env")
}

local_env() {
  orchestrator_settings "$BOX_LOCAL_HTTP" "$BOX_LOCAL_DB" "$BOX_SECRETS/agent-token.key" "$BOX_LOCAL/accounts"
  setting ANEMONE_SCHEDULER_KIND local
  setting ANEMONE_LOCAL_NODE "$(uname -n)"
  setting ANEMONE_LOCAL_STATE_DIR "$BOX_LOCAL/scheduler"
  setting ANEMONE_IMAGES_DIR "$BOX_OPT/images"
  setting ANEMONE_IMAGES_STORE "$BOX_LOCAL/image-store"
  setting ANEMONE_AGENT_COMMAND "$BOX_LOCAL/anemone-agent"
}

local_postgres() {
  local bin=$BOX_OPT/pgsql/bin data=$BOX_LOCAL/postgres
  if [[ ! -e $data/PG_VERSION ]]; then
    rm -rf "$data.new"
    "$bin/initdb" -D "$data.new" -U postgres -E UTF8 --locale=C --auth=scram-sha-256 --pwfile="$BOX_SECRETS/db-password" >/dev/null
    {
      echo "CREATE ROLE anemone LOGIN PASSWORD '$(cat "$BOX_SECRETS/db-password")'"
      echo "CREATE DATABASE anemone OWNER anemone"
    } | "$bin/postgres" --single -D "$data.new" postgres >/dev/null 2>>"$BOX_LOG/postgres.log"
    mv "$data.new" "$data"
  fi
  local_service alive postgres || rm -f "$data/postmaster.pid"
  local_service start postgres "$(id -un)" "$bin/postgres" -D "$data" -p "$BOX_LOCAL_DB" -c listen_addresses=127.0.0.1 -c unix_socket_directories=
  wait_for 30 "PostgreSQL being ready" tcp_open 127.0.0.1 "$BOX_LOCAL_DB"
}

local_status() {
  local service status=0
  for service in postgres orchestrator; do
    if local_service alive "$service"; then
      say "$service runs"
    else
      say "$service is DEAD"
      status=1
    fi
  done
  say "local box without a cluster; dashboard $BOX_URL"
  return "$status"
}

# Jobs outlive the orchestrator by design: they are told by the box's directory in their environment or arguments.
local_down() {
  local pid
  local_service stop orchestrator
  for pid in $(local_processes); do
    kill -TERM "$pid" 2>/dev/null || true
  done
  wait_for 10 "the end of the box's jobs" no_local_processes || local_processes | xargs -r kill -KILL 2>/dev/null || true
  [[ ! -e $BOX_LOCAL/service/postgres ]] || local_service stop postgres
}

local_processes() {
  local process
  for process in /proc/[0-9]*; do
    [[ -O $process && $process != /proc/$$ ]] || continue
    if grep -qaF "$BOX_LOCAL/jobs" "$process/environ" "$process/cmdline" 2>/dev/null; then echo "${process#/proc/}"; fi
  done
}

no_local_processes() { [[ -z $(local_processes) ]]; }
