package io.anemone.core.wire;

/** Where an agent is with one attempt. */
public enum AgentPhase {
    PREPARING,
    BOOTING,
    RUNNING,
    READY,
    STOPPING,
    /** The domain is gone and nothing of it is left; the report says why. */
    ENDED
}
