package io.anemone.core.wire;

/** Where an agent is with one attempt. */
public enum AgentPhase {
    PREPARING,
    BOOTING,
    RUNNING,
    READY,
    /** The guest is being saved; it does not run meanwhile, and runs on if that fails. */
    SUSPENDING,
    STOPPING,
    /** Saved, complete and for good; the domain is gone and nothing else of it is left. */
    SUSPENDED,
    /** The domain is gone and nothing of it is left; the report says why. */
    ENDED;

    /** Whether the attempt is over, and its agent has no more to do for it. */
    public boolean over() {
        return this == SUSPENDED || this == ENDED;
    }
}
