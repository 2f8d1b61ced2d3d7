package io.anemone.orchestrator.usage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an attempt had used at one time: counters since its domain was started. Null: not known. */
record UsageSample(
        Instant at,
        int attempt,
        long cpuNanos,
        @Nullable Long residentBytes,
        @Nullable Long diskReadBytes,
        @Nullable Long diskWrittenBytes,
        @Nullable Long networkReceivedBytes,
        @Nullable Long networkSentBytes) {}
