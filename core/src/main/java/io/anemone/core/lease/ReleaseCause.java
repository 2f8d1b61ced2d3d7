package io.anemone.core.lease;

/** Why Anemone itself gives a lease back. */
public enum ReleaseCause {
    /** Its VM is over. */
    VM_OVER,
    /** Its VM's attempt failed; the next one gets another lease. */
    ATTEMPT_FAILED,
    /** Its owner deleted the VM. */
    USER,
    /** Its VM is suspended. */
    SUSPENDED,
    /** An operator released it. */
    OPERATOR,
    /** The pool needs it no longer. */
    POOL_SHRUNK,
    /** It did not become ACTIVE in time. */
    START_TIMED_OUT
}
