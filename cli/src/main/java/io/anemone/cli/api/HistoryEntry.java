package io.anemone.cli.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry in the history of a VM and of its leases.
 *
 * @param kind {@code vm} or {@code lease}
 */
public record HistoryEntry(
        Instant at,
        String kind,
        @Nullable String from,
        @Nullable String to,
        @Nullable String note,
        @Nullable String actor) {}
