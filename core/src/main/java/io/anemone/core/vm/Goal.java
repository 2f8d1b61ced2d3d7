package io.anemone.core.vm;

/** What the user wants of a VM, apart from where it is. */
public enum Goal {
    RUN,
    TERMINATE
}
