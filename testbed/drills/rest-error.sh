# slurmrestd's answers spoilt for 20 s (status 500): guests live on, what is asked for comes up

SLURM=proxy

drill() { spoilt_for 20 error; }

check() { spoilt_check; }
