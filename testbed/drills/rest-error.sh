# slurmrestd's answers spoilt for 60 s (status 500): guests live on, what is asked for comes up

SLURM=proxy
BOUND=$((5 + LAUNCH))

drill() { spoilt_for_a_minute error; }

check() { spoilt_check; }
