package io.anemone.core.orders;

import io.anemone.core.plan.VmView;
import io.anemone.core.wire.SaveOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A VM on an agent's lease.
 *
 * @param startedAt when its domain ran; null before it is known
 * @param gentle    whether it has all the time that it may need to shut down
 * @param rebootAt  when a reboot was last asked for; null if never
 * @param save      what its disk is to be saved as; null if it is not
 */
public record VmOnLease(
        VmView view,
        @Nullable Instant startedAt,
        @Nullable Instant rebootAt,
        boolean gentle,
        @Nullable SaveOrder save) {

    public VmOnLease(VmView view, @Nullable Instant startedAt, @Nullable Instant rebootAt, boolean gentle) {
        this(view, startedAt, rebootAt, gentle, null);
    }

    public VmOnLease(VmView view, @Nullable Instant startedAt) {
        this(view, startedAt, null, false);
    }

    AttemptId attempt() {
        return AttemptId.of(view);
    }
}
