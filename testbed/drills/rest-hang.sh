# slurmrestd's answers spoilt for 60 s (no answer at all): guests live on, what is asked for comes up

SLURM=proxy
BOUND=$((5 + LAUNCH))

drill() { spoilt_for_a_minute hang; }

check() { spoilt_check; }
