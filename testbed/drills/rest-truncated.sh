# slurmrestd's answers spoilt for 20 s (answers cut in half): guests live on, what is asked for comes up

SLURM=proxy

drill() { spoilt_for 20 truncated; }

check() { spoilt_check; }
