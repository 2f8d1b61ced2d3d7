package io.anemone.core.wire;

import io.anemone.core.vm.VmId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far an agent is with a {@link SaveOrder}.
 *
 * @param doneBytes  of {@code totalBytes}: of the disk while it is copied; of the file while it is brought
 * @param totalBytes of the disk, or of the file
 * @param quiesced   whether the guest's file systems stood still at the moment of the copy
 * @param sha256     of the file, once it is there
 * @param message    why it failed, in one sentence
 */
public record SaveReport(
        VmId vm,
        int attempt,
        Step step,
        long doneBytes,
        long totalBytes,
        boolean quiesced,
        @Nullable String sha256,
        @Nullable String message) {

    /** In this order. */
    public enum Step {
        /** The disk is copied on the node. */
        COPYING,
        /** The copy is whole, and is brought to the orchestrators. */
        SENDING,
        /** It will not be; the guest runs on, and nothing of it is left on the node. */
        FAILED
    }

    public SaveReport {
        Objects.requireNonNull(vm, "vm");
        Objects.requireNonNull(step, "step");
        if (doneBytes < 0 || totalBytes < 0) {
            throw new IllegalArgumentException("sizes are not negative");
        }
    }
}
