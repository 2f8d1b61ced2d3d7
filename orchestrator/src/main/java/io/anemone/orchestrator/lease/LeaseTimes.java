package io.anemone.orchestrator.lease;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When things happened to a lease; null for what has not happened.
 *
 * @param since     when it came into its phase
 * @param startedAt when its job started
 * @param activeAt  when its agent joined
 */
public record LeaseTimes(
        Instant createdAt,
        Instant since,
        @Nullable Instant startedAt,
        @Nullable Instant activeAt,
        @Nullable Instant endedAt) {}
