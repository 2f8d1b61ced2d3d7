# slurmrestd's answers spoilt for 60 s (answers cut in half): guests live on, what is asked for comes up

SLURM=proxy
BOUND=$((5 + LAUNCH))

drill() { spoilt_for_a_minute truncated; }

check() { spoilt_check; }
