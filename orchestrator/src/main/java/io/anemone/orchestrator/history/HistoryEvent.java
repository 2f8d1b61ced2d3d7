package io.anemone.orchestrator.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the history.
 *
 * @param kind  {@code vm} or {@code lease}
 * @param from  phase before, or null if it was the first or no phase changed
 * @param to    phase after, or null if no phase changed
 * @param note  what happened, in plain words
 * @param actor account behind it, or null when the orchestrator acted by itself
 */
public record HistoryEvent(
        long id,
        Instant at,
        String kind,
        @Nullable String from,
        @Nullable String to,
        String note,
        @Nullable String actor) {}
