package io.anemone.core.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A difference that is a violation once it has lasted.
 *
 * @param since since when it is so, where the facts tell; else it counts from when it was first seen
 * @param bound how long it may last: younger, it is the ordinary delay between a fact and its record
 */
record Suspicion(
        Invariant invariant,
        List<Subject> subjects,
        String what,
        @Nullable Instant since,
        Duration bound,
        Healing healing) {}
