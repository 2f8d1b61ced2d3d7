# Secrets of this box: made once, mode 0600, read from files or stdin only, never on a command line.

BOX_PASSWORDS_DIR=$BOX_SECRETS/passwords

make_secrets() {
  install -d -m 0700 "$BOX_SECRETS" "$BOX_PASSWORDS_DIR"
  random_bytes munge.key 128
  random_bytes jwt_hs256.key 32
  random_bytes agent-token.key 32
  random_word db-password
  local account
  for account in "${BOX_ACCOUNTS[@]}"; do
    random_word "passwords/$account"
  done
}

random_bytes() { [[ -s $BOX_SECRETS/$1 ]] || new_secret "$1" head -c "$2" /dev/urandom; }

random_word() { [[ -s $BOX_SECRETS/$1 ]] || new_secret "$1" openssl rand -hex 12; }

# Written beside and renamed, so that a box killed here has either no secret or a whole one.
new_secret() {
  local name=$1
  shift
  (umask 077 && "$@" >"$BOX_SECRETS/$name.new")
  mv "$BOX_SECRETS/$name.new" "$BOX_SECRETS/$name"
}

# The orchestrator's accounts: name:role:hash, the hash a SHA-512 crypt.
accounts_file() {
  local account role
  for account in "${BOX_ACCOUNTS[@]}"; do
    role=user
    [[ $account == operator ]] && role=operator
    printf '%s:%s:%s\n' "$account" "$role" "$(openssl passwd -6 -stdin <"$BOX_PASSWORDS_DIR/$account")"
  done
}
