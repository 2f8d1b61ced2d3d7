package io.anemone.cli.api;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** Where a VM is. */
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
    FAILED,
    /** One that only a newer server knows. */
    @JsonEnumDefaultValue
    UNKNOWN;

    /** Whether the VM is over for good. */
    public boolean over() {
        return this == STOPPED || this == FAILED;
    }

    /** Whether a VM in this phase has come as far as {@code wanted} on its way to READY, or is over if that is wanted. */
    public boolean reached(Phase wanted) {
        return switch (this) {
            case PENDING, QUEUED, PLACED, PREPARING, BOOTING, RUNNING, READY -> wanted.ordinal() <= ordinal();
            case SUSPENDING -> wanted == SUSPENDING;
            case SUSPENDED -> wanted == SUSPENDED || wanted == SUSPENDING;
            case STOPPING -> wanted == STOPPING;
            case STOPPED, FAILED -> wanted == this || wanted == STOPPING;
            case UNKNOWN -> false;
        };
    }
}
