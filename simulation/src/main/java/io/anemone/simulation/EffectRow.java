package io.anemone.simulation;

import io.anemone.core.lease.LeaseId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of the outbox. */
final class EffectRow {

    /** What makes it one of a kind. The job is empty for a submit. */
    record Key(LeaseId lease, String cancels) {}

    final Key key;
    int wanted = 1;
    int tries;
    Instant dueAt;
    Instant claimedUntil = Instant.MIN;

    @Nullable
    Object claimedBy;

    EffectRow(Key key, Instant dueAt) {
        this.key = key;
        this.dueAt = dueAt;
    }

    /** What a claim reads of it. */
    record Claim(Key key, int wanted, int tries, Instant until) {}
}
