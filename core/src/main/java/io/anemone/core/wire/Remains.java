package io.anemone.core.wire;

import io.anemone.core.vm.VmId;
import java.util.Objects;

/** Files of an attempt that is over, which its agent could not remove. */
public record Remains(VmId vm, int attempt) {

    public Remains {
        Objects.requireNonNull(vm, "vm");
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt must be at least 1, not " + attempt);
        }
    }
}
