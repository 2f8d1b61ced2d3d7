package io.anemone.orchestrator.scheduler;

/** The adapters to choose from. */
public enum SchedulerKind {
    /** Slurm by slurmrestd. */
    SLURM_REST,
    /** Child processes on this one machine, where no Slurm can be had. */
    LOCAL
}
