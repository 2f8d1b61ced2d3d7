# slurmrestd's answers spoilt for 20 s (no answer at all): guests live on, what is asked for comes up

SLURM=proxy

drill() { spoilt_for 20 hang; }

check() { spoilt_check; }
