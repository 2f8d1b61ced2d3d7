package io.anemone.core.orders;

import io.anemone.core.plan.VmView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A VM on an agent's lease.
 *
 * @param startedAt when its domain ran; null before it is known
 * @param gentle    whether it has all the time that it may need to shut down
 * @param rebootAt  when a reboot was last asked for; null if never
 */
public record VmOnLease(
        VmView view, @Nullable Instant startedAt, @Nullable Instant rebootAt, boolean gentle) {

    public VmOnLease(VmView view, @Nullable Instant startedAt) {
        this(view, startedAt, null, false);
    }

    AttemptId attempt() {
        return AttemptId.of(view);
    }
}
