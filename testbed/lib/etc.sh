# The /etc of the machines: a copy of the host's without its secrets, plus the box's users, hosts,
# Slurm and libvirt configuration. The host's own /etc is only read.

# Fixed ids well above what a host gives out, so that a box kept on disk stays valid.
BOX_USERS=(
  anemone:61000:/home/anemone slurmrest:61001:/run researcher:61010:/home/researcher
  batch:61011:/home/batch operator:61012:/home/operator
)
# Debian's packages made these; their ids are taken as they are.
BOX_PACKAGE_USERS=(slurm munge)

make_etc() {
  local new=$BOX_DIR/etc.new
  rm -rf "$new"
  mkdir -p "$new"
  tar -C /etc --exclude=./shadow\* --exclude=./gshadow\* --exclude=./ssh --exclude=./ssl/private \
    --exclude=./sudoers\* --exclude=./slurm --exclude=./munge --exclude=./libvirt --exclude=./anemone \
    --exclude=./systemd --exclude=./resolv.conf -cf - . 2>/dev/null | tar -C "$new" -xf -
  make_users "$new"
  make_hosts "$new"
  make_slurm_config "$new/slurm"
  make_libvirt_config "$new/libvirt"
  install -d -o munge -g munge -m 0700 "$new/munge"
  install -o munge -g munge -m 0400 "$BOX_SECRETS/munge.key" "$new/munge/munge.key"
  install -d -m 0755 "$new/anemone"
  rm -rf "$BOX_ETC"
  mv "$new" "$BOX_ETC"
}

# On all machines at once, running ones too: it is written where they see it.
make_client_env() {
  printf 'ANEMONE_URL=%s\n' "$(orchestrator_urls)" >"$BOX_ETC/anemone/client.env"
}

make_users() {
  local etc=$1 entry name id home
  cp /etc/passwd "$etc/passwd"
  cp /etc/group "$etc/group"
  id postgres >/dev/null 2>&1 || add_user "$etc" postgres 61020 /var/lib/postgresql
  for entry in "${BOX_USERS[@]}"; do
    IFS=: read -r name id home <<<"$entry"
    add_user "$etc" "$name" "$id" "$home"
  done
  # The service account boots the VMs of pool leases through qemu:///system.
  sed -Ei 's/^((libvirt|kvm):[^:]*:[^:]*:)(.*)$/\1\3,anemone/; s/:,anemone$/:anemone/' "$etc/group"
}

# A host entry of the same name gives way: this is the cluster's view, not the host's.
add_user() {
  local etc=$1 name=$2 id=$3 home=$4
  sed -i "/^$name:/d" "$etc/passwd" "$etc/group"
  printf '%s:x:%s:%s:Anemone box:%s:/bin/bash\n' "$name" "$id" "$id" "$home" >>"$etc/passwd"
  printf '%s:x:%s:\n' "$name" "$id" >>"$etc/group"
}

make_hosts() {
  local etc=$1 machine
  {
    echo '127.0.0.1 localhost'
    for machine in head "${BOX_NODES[@]}"; do
      printf '%s %s\n' "$(machine_address "$machine")" "$machine"
    done
  } >"$etc/hosts"
  # Every name of the cluster is in hosts; asking a name server that cannot be reached only costs time.
  echo '# no name server: see hosts' >"$etc/resolv.conf"
  rm -f "$etc/hostname"
}

# Homes are shared by all machines, as on a real cluster.
make_homes() {
  install -d -m 0755 "$BOX_DIR/home"
  local entry name id home
  for entry in "${BOX_USERS[@]}"; do
    IFS=: read -r name id home <<<"$entry"
    [[ $home == /home/* ]] && install -d -o "$id" -g "$id" -m 0700 "$BOX_DIR$home"
  done
  # Volumes are on the file system that all nodes share, in a directory of each account's own.
  install -d -m 1777 "$BOX_DIR/home/volumes"
  : >"$BOX_DIR/home/volumes/.anemone-volumes"
}
