package io.anemone.core.wire;

/** Exit codes of an agent, and so of its job: they tell the VM's fate when no report came through. */
public enum AgentExit {
    /** The guest switched itself off, was ended on request, or the pool lease was released. */
    DONE(0),
    /** Wrong usage, or a VM spec that cannot be read. */
    USAGE(2),
    /** The VM failed. */
    VM_FAILED(20),
    /** The orchestrator refused the agent. */
    REFUSED(21),
    /** The orchestrator could not be reached before the VM was known. */
    NOT_JOINED(22),
    /** The VM was ended by its walltime or the end of its lease. */
    LEASE_ENDED(23),

    /** The VM is suspended, and no orchestrator has said that it knows. */
    SUSPENDED(24);

    private final int code;

    AgentExit(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
