package io.anemone.core.orders;

import io.anemone.core.lease.Grant;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an agent must know of its lease.
 *
 * @param walltime how long the job may run
 * @param endsAt   when the scheduler ends the job, as far as it is known, be it being given back or not
 */
public record LeaseTerms(
        LeaseId id,
        LeaseState state,
        Duration walltime,
        @Nullable Instant endsAt) {

    /** Null for one that takes no VM to run. */
    @Nullable
    Grant grant() {
        return state.grant();
    }
}
