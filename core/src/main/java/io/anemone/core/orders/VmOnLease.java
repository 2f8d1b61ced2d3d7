package io.anemone.core.orders;

import io.anemone.core.plan.VmView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A VM on an agent's lease.
 *
 * @param startedAt when its domain ran; null before it is known
 */
public record VmOnLease(VmView view, @Nullable Instant startedAt) {

    AttemptId attempt() {
        return AttemptId.of(view);
    }
}
