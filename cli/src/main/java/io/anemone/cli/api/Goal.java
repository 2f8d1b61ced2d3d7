package io.anemone.cli.api;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What is wanted of a VM. */
public enum Goal {
    RUN,
    SUSPEND,
    TERMINATE,
    /** One that only a newer server knows. */
    @JsonEnumDefaultValue
    UNKNOWN
}
