package io.anemone.core.vm;

/** The name of a {@link VmState}, as the API, the database and the user see it. */
public enum Phase {
    PENDING,
    QUEUED,
    PLACED,
    PREPARING,
    BOOTING,
    RUNNING,
    READY,
    SUSPENDING,
    SUSPENDED,
    STOPPING,
    STOPPED,
    FAILED;

    /** Whether the VM is over for good. */
    public boolean terminal() {
        return this == STOPPED || this == FAILED;
    }
}
