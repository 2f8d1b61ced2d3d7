package io.anemone.orchestrator.vm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When things happened to a VM; null for what has not happened (in its current attempt).
 *
 * @param queuedAt  when its lease was asked for
 * @param startedAt when its domain ran
 * @param suspendedAt when it was last suspended; null when it runs
 * @param readyAt   when its guest showed to be usable
 */
public record VmTimes(
        Instant createdAt,
        @Nullable Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant readyAt,
        @Nullable Instant suspendedAt,
        @Nullable Instant endedAt) {}
