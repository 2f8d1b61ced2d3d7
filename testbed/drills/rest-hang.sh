# slurmrestd's answers spoilt for 20 s (no answer at all): guests live on, what is asked for comes up

SLURM=proxy
BOUND=$((5 + LAUNCH))

drill() { spoilt_for 20 hang; }

check() { spoilt_check; }
