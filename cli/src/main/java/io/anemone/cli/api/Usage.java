package io.anemone.cli.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a VM used at one time, as the API shows it. Null: not known. */
public record Usage(
        Instant at,
        @Nullable Double cpuPercent,
        @Nullable Long residentBytes,
        @Nullable Double diskReadBytesPerSecond,
        @Nullable Double diskWrittenBytesPerSecond,
        @Nullable Double networkReceivedBytesPerSecond,
        @Nullable Double networkSentBytesPerSecond) {}
