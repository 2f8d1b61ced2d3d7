package io.anemone.core.vm;

/** Why a VM that did run its course is over. */
public enum StopReason {
    /** The guest switched itself off. */
    GUEST,
    /** Its owner, or somebody with the right to, ended it. */
    USER,
    /** The time of the VM or of its lease is used up. */
    WALLTIME,
    /** The scheduler took the job back for another. */
    PREEMPTED,
    /** The job ended under it: cancelled, node lost, or ended by the scheduler for another reason. */
    LEASE_LOST,
    /** An operator drained or released the lease. */
    OPERATOR
}
