# Names, paths and addresses of one box. Everything that a box makes lives below BOX_DIR.

BOX_ID=${ANEMONE_BOX_ID:-0}
[[ $BOX_ID =~ ^[0-9]$ ]] || usage_error "ANEMONE_BOX_ID must be one digit, not '$BOX_ID'"
BOX_DIR=$(realpath -m "${ANEMONE_BOX_DIR:-$BOX_REPO/.box}")
BOX_CACHE=$BOX_DIR/cache
BOX_SECRETS=$BOX_DIR/secrets
BOX_OPT=$BOX_DIR/opt
BOX_ETC=$BOX_DIR/etc
BOX_LOG=$BOX_DIR/log
BOX_MACHINES=$BOX_DIR/machines
BOX_BRIDGE=anem$BOX_ID
BOX_SUBNET=10.77.$BOX_ID
BOX_HEAD_ADDRESS=$BOX_SUBNET.1
BOX_NODES=(n1 n2 n3)
BOX_ACCOUNTS=(researcher batch operator)
BOX_URL=http://$BOX_HEAD_ADDRESS:8080
BOX_ORCHESTRATORS=${ANEMONE_BOX_ORCHESTRATORS:-1}
[[ $BOX_ORCHESTRATORS =~ ^[12]$ ]] || usage_error "ANEMONE_BOX_ORCHESTRATORS must be 1 or 2, not '$BOX_ORCHESTRATORS'"

# What Slurm is told of each node; more than there is lets more guests share the machine.
BOX_NODE_CPUS=${ANEMONE_BOX_NODE_CPUS:-4}
[[ $BOX_NODE_CPUS =~ ^[1-9][0-9]?$ ]] || usage_error "ANEMONE_BOX_NODE_CPUS must be a number from 1 to 99, not '$BOX_NODE_CPUS'"

# With commas, as agents take them.
orchestrator_urls() {
  local urls=$BOX_URL
  ((BOX_ORCHESTRATORS == 1)) || urls+=,http://$BOX_HEAD_ADDRESS:8081
  echo "$urls"
}

machine_address() {
  case $1 in
    head) echo "$BOX_HEAD_ADDRESS" ;;
    n[0-9]) echo "$BOX_SUBNET.1${1#n}" ;;
  esac
}

is_node() {
  local node
  for node in "${BOX_NODES[@]}"; do
    [[ $node == "$1" ]] && return 0
  done
  return 1
}

require_node() { is_node "$1" || usage_error "unknown node '$1'; nodes: ${BOX_NODES[*]}"; }

require_machine() {
  [[ $1 == head ]] || is_node "$1" || usage_error "unknown node '$1'; nodes: head ${BOX_NODES[*]}"
}
