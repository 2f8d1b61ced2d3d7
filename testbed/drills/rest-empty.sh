# slurmrestd's answers spoilt for 20 s (lists of jobs without jobs): guests live on, what is asked for comes up

SLURM=proxy

drill() { spoilt_for 20 empty; }

check() { spoilt_check; }
