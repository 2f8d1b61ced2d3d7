package io.anemone.core.vm;

import java.util.UUID;

/** Identity of a VM over its whole life, whichever launch path it came by. */
public record VmId(UUID value) {

    /** @throws IllegalArgumentException if {@code text} is not a UUID */
    public static VmId parse(String text) {
        return new VmId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
