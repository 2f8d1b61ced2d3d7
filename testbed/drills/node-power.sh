# a node powered off under a scheduled VM until Slurm takes it for down, then on: its VM ends, the others live

BOUND=30

# A real node boots for longer than SlurmdTimeout, or tells a newer boot time. This one would be back too early for
# Slurm to notice: it shares the host's kernel.
drill() {
  ready scheduled static
  NODE=$(node_of "${VMS[0]}")
  machine_kill "$NODE"
  did "powered $NODE off"
  GUESTS=$(grep -v "^$NODE " <<<"$GUESTS")
  wait_for 90 "Slurm's noticing" node_is_down || fail "Slurm takes $NODE for: $(node_states)"
  saw "Slurm takes it for down"
  guests_live_for 2
  node_up "$NODE"
  wait_for 60 "$NODE's registering with Slurm" node_registered "$NODE" || fail "$NODE is not in Slurm"
  did "powered $NODE on"
}

node_is_down() { node_states | grep -Eq "^$NODE down"; }

check() {
  guests_live_on
  over "${VMS[0]}" STOPPED LEASE_LOST
  machine_run head timeout 20 srun --uid=researcher --nodelist="$NODE" --mem=64 --chdir=/ true || fail "$NODE runs no job"
  saw "$NODE runs jobs again"
}
