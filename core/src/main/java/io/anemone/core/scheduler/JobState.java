package io.anemone.core.scheduler;

/** State of a job, in Slurm's terms, reduced to what makes a difference here. */
public enum JobState {
    PENDING,
    RUNNING,
    SUSPENDED,
    /** Ended or being ended, but processes or the epilog may still be alive on the node. */
    COMPLETING,
    COMPLETED,
    CANCELLED,
    FAILED,
    TIMEOUT,
    PREEMPTED,
    NODE_FAIL;

    /** Whether the job is over: none of its processes runs any more. */
    public boolean over() {
        return switch (this) {
            case PENDING, RUNNING, SUSPENDED, COMPLETING -> false;
            case COMPLETED, CANCELLED, FAILED, TIMEOUT, PREEMPTED, NODE_FAIL -> true;
        };
    }
}
