# slurmrestd's answers spoilt for 20 s (half of the jobs, others each time, left out of each list): guests live on, what is asked for comes up

SLURM=proxy

drill() { spoilt_for 20 partial; }

check() { spoilt_check; }
