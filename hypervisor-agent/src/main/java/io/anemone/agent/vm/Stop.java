package io.anemone.agent.vm;

import io.anemone.core.error.Failure;
import io.anemone.core.vm.StopReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That an attempt shall end, and why.
 *
 * @param destroyAt until when the guest may shut down by itself
 * @param failure   what it failed by, if that is why
 */
record Stop(
        StopReason reason,
        String message,
        Instant destroyAt,
        @Nullable Failure failure) {

    /** The first reason stays; the earlier end counts. */
    Stop and(Stop later) {
        return later.destroyAt().isBefore(destroyAt) ? new Stop(reason, message, later.destroyAt(), failure) : this;
    }
}
