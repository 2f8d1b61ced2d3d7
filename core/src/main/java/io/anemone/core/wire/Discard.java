package io.anemone.core.wire;

import io.anemone.core.vm.VmId;
import java.util.Objects;

/** What attempts of this VM up to this one have saved is of no use any more, and shall not be left lying about. */
public record Discard(VmId vm, int attempt) {

    public Discard {
        Objects.requireNonNull(vm, "vm");
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt must be at least 1, not " + attempt);
        }
    }
}
