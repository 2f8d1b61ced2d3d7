package io.anemone.agent.vm;

import io.anemone.core.vm.StopReason;
import java.time.Instant;

/**
 * That an attempt shall end, and why.
 *
 * @param destroyAt until when the guest may shut down by itself
 */
record Stop(StopReason reason, String message, Instant destroyAt) {

    /** The first reason stays; the earlier end counts. */
    Stop and(Stop later) {
        return later.destroyAt().isBefore(destroyAt) ? new Stop(reason, message, later.destroyAt()) : this;
    }
}
