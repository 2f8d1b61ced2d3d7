# slurmrestd's answers spoilt for 60 s (answers of a minute ago): guests live on, what is asked for comes up

SLURM=proxy

drill() { spoilt_for 60 stale; }

check() { spoilt_check; }
