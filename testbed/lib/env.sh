# ./box env USER: shell exports for the anemone command on the host.

box_env() {
  [[ $# == 1 ]] || usage_error "env takes one account: ${BOX_ACCOUNTS[*]}"
  local token
  [[ " ${BOX_ACCOUNTS[*]} " == *" $1 "* ]] || usage_error "unknown account '$1'; accounts: ${BOX_ACCOUNTS[*]}"
  [[ -r $BOX_PASSWORDS_DIR/$1 ]] || die "there is no box yet, or it is not yours to read: ./box up"
  token=$(log_in "$1") || die "the orchestrator at $BOX_URL did not log $1 in; is it up? (./box status)"
  printf 'export ANEMONE_URL=%q\n' "$BOX_URL"
  printf 'export ANEMONE_TOKEN=%q\n' "$token"
  printf 'export ANEMONE_HOME=%q\n' "$BOX_OPT"
  printf 'export JAVA_HOME=%q\n' "$(find_jdk)"
  # shellcheck disable=SC2016  # for the shell that reads it
  printf 'export PATH=%q:"$PATH"\n' "$BOX_OPT/bin"
}

# The password goes from its file through pipes: never in an argument list.
log_in() {
  jq -Rn --arg name "$1" '{name: $name, password: input}' <"$BOX_PASSWORDS_DIR/$1" \
    | curl -fsS -m 10 -H 'Content-Type: application/json' --data-binary @- "$BOX_URL/api/v1/login" | jq -er .token
}
