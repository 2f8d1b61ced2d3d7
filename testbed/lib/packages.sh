# Debian packages that the box needs. Their daemons must not start on the host: the box starts its own.

BOX_PACKAGES=(
  munge slurmctld slurmd slurm-client slurmrestd slurm-wlm-jwt-plugin
  libvirt-daemon-system libvirt-clients qemu-system-x86 qemu-utils ovmf swtpm swtpm-tools libxml2-utils
  genisoimage bubblewrap tini iproute2 util-linux procps openssh-client openssl curl jq cpio xz-utils bsdextrautils
)

missing_packages() {
  local package
  for package in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || echo "$package"
  done
}

install_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  local command="apt-get install -y --no-install-recommends ${missing[*]}"
  command -v apt-get >/dev/null || die "these Debian packages are missing and there is no apt-get: ${missing[*]}"
  [[ $EUID == 0 ]] || die "these packages are missing; as root run: $command"
  step "installing Debian packages: ${missing[*]}"
  with_daemons_forbidden apt_install "${missing[@]}"
}

apt_install() {
  export DEBIAN_FRONTEND=noninteractive
  local options=(-q -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0)
  # Lists may be absent or old; an update that fails may still leave lists that will do.
  apt-get "${options[@]}" update || warn "apt-get update failed; going on with the package lists that are there"
  apt-get "${options[@]}" install -y --no-install-recommends "$@"
}

# invoke-rc.d asks this script before it starts a daemon; 101 forbids it. The host's own is put back.
with_daemons_forbidden() {
  local policy=/usr/sbin/policy-rc.d saved=/usr/sbin/policy-rc.d.anemone-box status=0
  [[ -e $saved || ! -e $policy ]] || mv "$policy" "$saved"
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
  "$@" || status=$?
  if [[ -e $saved ]]; then mv "$saved" "$policy"; else rm -f "$policy"; fi
  return "$status"
}
