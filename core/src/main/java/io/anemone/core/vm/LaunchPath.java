package io.anemone.core.vm;

/** How the lease of a VM comes to be. From an ACTIVE lease on, the paths do not differ. */
public enum LaunchPath {
    /** Placed on a lease of a pool that the orchestrator holds. */
    STATIC,
    /** The orchestrator submits a job as the VM's owner, sized for that VM. */
    SCHEDULED,
    /** The owner submitted a job of their own; its agent registers. */
    DIRECT
}
