# slurmrestd's answers spoilt for 60 s (lists of jobs without jobs): guests live on, what is asked for comes up

SLURM=proxy
BOUND=$((5 + LAUNCH))

drill() { spoilt_for_a_minute empty; }

check() { spoilt_check; }
