# What only the head has: the orchestrator's settings and secrets in /etc/anemone.

make_head_etc() {
  local dir=$BOX_MACHINES/head/etc-anemone
  install -d -m 0755 "$dir"
  cp "$BOX_ETC/anemone/client.env" "$dir/client.env"
  service_secret jwt_hs256.key
  service_secret agent-token.key
  install -m 0600 "$BOX_SECRETS/db-password" "$dir/db-password"
  [[ -s $dir/accounts ]] || accounts_file | service_file accounts
  orchestrator_env | service_file orchestrator.env
}

# Readable by the service account alone; written beside and renamed.
service_file() {
  local dir=$BOX_MACHINES/head/etc-anemone
  (umask 077 && cat >"$dir/$1.new")
  chown 61000:61000 "$dir/$1.new"
  mv "$dir/$1.new" "$dir/$1"
}

service_secret() { service_file "$1" <"$BOX_SECRETS/$1"; }

orchestrator_env() {
  orchestrator_settings 8080 5432 /etc/anemone/agent-token.key /etc/anemone/accounts
  setting ANEMONE_SCHEDULER_KIND slurm-rest
  setting ANEMONE_SLURM_URL "http://$BOX_HEAD_ADDRESS:${BOX_SLURM_PORT:-6820}"
  setting ANEMONE_SLURM_JWT_KEY_FILE /etc/anemone/jwt_hs256.key
  setting ANEMONE_SLURM_SERVICE_USER anemone
  setting ANEMONE_IMAGES_DIR /opt/anemone/images
  setting ANEMONE_VOLUMES_DIR /home/volumes
  setting ANEMONE_STORAGE_SHARE_ROOTS '/home/{owner}'
  setting ANEMONE_AGENT_COMMAND /opt/anemone/bin/anemone-agent
  setting ANEMONE_AGENT_URLS "$(orchestrator_urls)"
  setting ANEMONE_GUESTS_OFFERS uefi,tpm,huge-pages
}

# orchestrator_settings HTTP_PORT DATABASE_PORT TOKEN_KEY ACCOUNTS: what every box has.
orchestrator_settings() {
  local url=jdbc:postgresql://$BOX_HEAD_ADDRESS:$2/anemone user=anemone password
  password=$(cat "$BOX_SECRETS/db-password")
  if [[ -n ${ANEMONE_DB_URL:-} ]]; then
    url=$ANEMONE_DB_URL user=${ANEMONE_DB_USER:-anemone} password=${ANEMONE_DB_PASSWORD:-}
  fi
  setting ANEMONE_HTTP_URL "$BOX_URL"
  setting QUARKUS_HTTP_HOST "$BOX_HEAD_ADDRESS"
  setting QUARKUS_HTTP_PORT "$1"
  setting QUARKUS_DATASOURCE_JDBC_URL "$url"
  setting QUARKUS_DATASOURCE_USERNAME "$user"
  setting QUARKUS_DATASOURCE_PASSWORD "$password"
  setting ANEMONE_AGENT_TOKEN_KEY_FILE "$3"
  setting ANEMONE_IDENTITY_ACCOUNTS_FILE "$4"
}

# The file is read by a shell: whatever a value holds, it stays one word.
setting() { printf '%s=%q\n' "$1" "$2"; }
