package io.anemone.orchestrator.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UsageJsonTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private static UsageSample sample(
            int second, int attempt, double cpuSeconds, @Nullable Long written, @Nullable Long received) {
        return new UsageSample(
                START.plusSeconds(second), attempt, (long) (cpuSeconds * 1e9), 100L, null, written, received, null);
    }

    @Test
    void counters_becomeRatesSinceTheMeasurementBefore() {
        // When
        List<UsageJson> items = UsageJson.All.of(List.of(sample(0, 1, 2, 0L, 5L), sample(10, 1, 14.5, 2048L, 5L)))
                .items();

        // Then
        assertThat(items).singleElement().satisfies(usage -> {
            assertThat(usage.at()).isEqualTo(START.plusSeconds(10));
            assertThat(usage.cpuPercent()).isEqualTo(125.0);
            assertThat(usage.residentBytes()).isEqualTo(100);
            assertThat(usage.diskWrittenBytesPerSecond()).isEqualTo(204.8);
            assertThat(usage.networkReceivedBytesPerSecond()).isZero();
        });
    }

    @Test
    void whatIsNotKnown_isNullAndNotZero() {
        UsageJson usage = UsageJson.All.of(List.of(sample(0, 1, 0, null, null), sample(10, 1, 0, 5L, null)))
                .items()
                .getFirst();

        assertThat(usage.diskReadBytesPerSecond()).isNull();
        assertThat(usage.diskWrittenBytesPerSecond()).isNull();
        assertThat(usage.networkSentBytesPerSecond()).isNull();
        assertThat(usage.cpuPercent()).isZero();
    }

    @Test
    void counterThatIsKnownAtTimes_isMeasuredBetweenThoseTimes() {
        List<UsageJson> items = UsageJson.All.of(
                        List.of(sample(0, 1, 0, 0L, 100L), sample(15, 1, 0, 0L, null), sample(30, 1, 0, 0L, 400L)))
                .items();

        assertThat(items).extracting(UsageJson::networkReceivedBytesPerSecond).containsExactly(null, 10.0);
    }

    @Test
    void anotherAttempt_beginsAnew_andACounterThatWentBackTellsNothing() {
        List<UsageJson> items = UsageJson.All.of(List.of(
                        sample(0, 1, 50, 9L, null),
                        sample(15, 2, 1, 0L, null),
                        sample(30, 2, 2.5, 1L, null),
                        sample(45, 2, 0, 0L, null)))
                .items();

        assertThat(items).extracting(UsageJson::cpuPercent).containsExactly(10.0, null);
    }

    @Test
    void oneMeasurement_tellsNoRate() {
        assertThat(UsageJson.All.of(List.of(sample(0, 1, 1, 1L, 1L))).items()).isEmpty();
        assertThat(UsageJson.All.of(List.of()).items()).isEmpty();
    }
}
