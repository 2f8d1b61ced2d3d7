package io.anemone.orchestrator.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a VM used, between one measurement and the one before. */
@Schema(name = "VmUsage", description = "What a VM used at a time. What cannot be known is null, never zero.")
record UsageJson(
        Instant at,

        @Schema(nullable = true, description = "Of one processor; 200 is two of them at full load", examples = "87.5")
        @Nullable
        Double cpuPercent,

        @Schema(nullable = true, description = "Memory of the node that its process holds") @Nullable
        Long residentBytes,

        @Schema(nullable = true) @Nullable Double diskReadBytesPerSecond,
        @Schema(nullable = true) @Nullable Double diskWrittenBytesPerSecond,

        @Schema(nullable = true, description = "By the guest's own word: only with a guest agent") @Nullable
        Double networkReceivedBytesPerSecond,

        @Schema(nullable = true, description = "By the guest's own word: only with a guest agent") @Nullable
        Double networkSentBytesPerSecond) {

    /** The last hour, oldest first. */
    @Schema(name = "VmUsages")
    record All(List<UsageJson> items) {

        static All of(List<UsageSample> samples) {
            List<UsageJson> items = new ArrayList<>();
            for (int i = 1; i < samples.size(); i++) {
                if (samples.get(i).attempt() == samples.get(i - 1).attempt()) {
                    items.add(UsageJson.of(samples.subList(0, i + 1)));
                }
            }
            return new All(items);
        }
    }

    /** @param samples up to the one that this is about; its attempt has one before it */
    private static UsageJson of(List<UsageSample> samples) {
        UsageSample last = samples.getLast();
        Double cpu = rate(samples, UsageSample::cpuNanos);
        return new UsageJson(
                last.at(),
                cpu == null ? null : Math.round(cpu / 1e6) / 10.0,
                last.residentBytes(),
                rate(samples, UsageSample::diskReadBytes),
                rate(samples, UsageSample::diskWrittenBytes),
                rate(samples, UsageSample::networkReceivedBytes),
                rate(samples, UsageSample::networkSentBytes));
    }

    /** How fast a counter grew since it was known before, a second. Null if it is not known, or was set back. */
    private static @Nullable Double rate(List<UsageSample> samples, Function<UsageSample, @Nullable Long> counter) {
        UsageSample last = samples.getLast();
        Long now = counter.apply(last);
        if (now == null) {
            return null;
        }
        for (int i = samples.size() - 2; i >= 0 && samples.get(i).attempt() == last.attempt(); i--) {
            Long before = counter.apply(samples.get(i));
            if (before != null) {
                double seconds =
                        Duration.between(samples.get(i).at(), last.at()).toMillis() / 1000.0;
                return seconds < 1 || now < before ? null : Math.round((now - before) / seconds * 10) / 10.0;
            }
        }
        return null;
    }
}
