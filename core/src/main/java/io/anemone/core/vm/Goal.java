package io.anemone.core.vm;

/** What the user wants of a VM, apart from where it is. */
public enum Goal {
    RUN,
    /** Kept as it is, without a lease, until it is wanted again. */
    SUSPEND,
    TERMINATE
}
