package io.anemone.core.lease;

/** The name of a {@link LeaseState}, as the API, the database and the operator see it. */
public enum LeasePhase {
    REQUESTED,
    SUBMITTING,
    QUEUED,
    STARTING,
    ACTIVE,
    DRAINING,
    RELEASING,
    RELEASED,
    FAILED;

    /** Whether the lease is over for good. */
    public boolean terminal() {
        return this == RELEASED || this == FAILED;
    }
}
