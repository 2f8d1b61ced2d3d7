# What the box says: progress on stdout, trouble in one sentence on stderr.

say() { printf '%s\n' "$*"; }

step() { printf '==> %s\n' "$*"; }

warn() { printf 'box: warning: %s\n' "$*" >&2; }

# The machine or the box is not as it must be.
die() {
  printf 'box: %s\n' "$*" >&2
  exit 1
}

# The command line is not as it must be.
usage_error() {
  printf 'box: %s (see ./box help)\n' "$*" >&2
  exit 2
}
