package io.anemone.core.wire;

/** Which libvirt an agent uses. */
public enum AgentMode {
    /** One of the job user's own, inside the job: QEMU dies with the job. */
    SESSION,
    /** The node's; an epilog ends what a dead agent left. */
    SYSTEM
}
