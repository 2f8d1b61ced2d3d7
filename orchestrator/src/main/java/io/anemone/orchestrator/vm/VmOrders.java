package io.anemone.orchestrator.vm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a VM beside its goal.
 *
 * @param rebootAskedAt names the newest order to reboot; null if there was none
 * @param rebootedAt    the newest order to reboot that was carried out
 * @param gentle        whether its guest has all the time that it may need to switch itself off
 */
public record VmOrders(
        @Nullable Instant rebootAskedAt, @Nullable Instant rebootedAt, boolean gentle) {

    boolean rebootIsDue() {
        return rebootAskedAt != null && !rebootAskedAt.equals(rebootedAt);
    }
}
