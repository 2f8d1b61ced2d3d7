# The API as the box's accounts see it. Tokens stay in files: never in an argument list.

# Which orchestrator is asked; while none is named here, of two now this one and now that.
API=''

any_orchestrator() { if ((BOX_ORCHESTRATORS == 2 && RANDOM % 2)); then second_orchestrator; else echo "$BOX_URL"; fi; }

second_orchestrator() { echo "${BOX_URL%:*}:8081"; }

drill_log_in() {
  local account token
  for account in "${BOX_ACCOUNTS[@]}"; do
    token=$(log_in "$account") || die "$account could not log in at $BOX_URL"
    (umask 077 && printf 'Authorization: Bearer %s\n' "$token" >"$DRILL_DIR/$account.header")
  done
}

# api ACCOUNT METHOD PATH [JSON] [CURL-OPTION...]: the answer's body; fails for a status of 400 and above.
api() {
  local account=$1 method=$2 path=$3 body=${4:-}
  shift $(($# < 4 ? $# : 4))
  curl -sS -m 15 --fail-with-body -X "$method" -H "@$DRILL_DIR/$account.header" -H 'Content-Type: application/json' \
    ${body:+--data-binary "$body"} "$@" "${API:-$(any_orchestrator)}/api/v1$path" 2>/dev/null
}

active_vms() { api operator GET '/vms?active=true&limit=200'; }

active_leases() { api operator GET '/leases?active=true'; }

vm_field() { api operator GET "/vms/$1" | jq -r "$2 // \"\""; }

# ask PATH NAME [JSON]: the id from the 202.
ask() {
  local path=$1 name=$2 more=${3:-'{}'} body
  body=$(jq -nc --arg name "$name" --arg path "$path" --argjson more "$more" --rawfile key "$DRILL_DIR/key.pub" \
    '{name: $name, image: "micro", flavor: "micro", path: $path, sshKeys: [$key | rtrimstr("\n")]} + $more')
  api researcher POST /vms "$body" | jq -er '.id // empty'
}

# Who a VM of a path belongs to.
owner_of() { if [[ $1 == direct ]]; then echo batch; else echo researcher; fi; }

delete_vm() { api operator DELETE "/vms/$1" >/dev/null; }

pool_size() { api operator GET /pools | jq -r '[.items[] | select(.name == "default") | .leases][0] // 0'; }

set_pool() { api operator PUT /pools/default "{\"leases\": $1}" >/dev/null; }
