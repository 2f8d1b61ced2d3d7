# What the box puts into /opt/anemone of its machines.

# Scripts that run inside the machines.
install_machine_scripts() {
  install -d -m 0755 "$BOX_OPT" "$BOX_OPT/libexec" "$BOX_OPT/libexec/box" "$BOX_OPT/bin" "$BOX_OPT/images" "$BOX_OPT/jdk"
  install -m 0755 "$BOX_REPO"/testbed/machine/{boot-*,service,common} "$BOX_OPT/libexec/box/"
}
