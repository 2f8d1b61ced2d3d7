package io.anemone.orchestrator.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.scheduler.Cluster;
import io.anemone.testkit.scheduler.FakeScheduler;
import io.anemone.testkit.time.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClusterViewTest {

    private final SettableClock clock = SettableClock.fixed();
    private final FakeScheduler scheduler = new FakeScheduler(clock);
    private final NodeConfig config = new NodeConfig() {
        @Override
        public Duration refresh() {
            return Duration.ofSeconds(10);
        }

        @Override
        public Duration patience() {
            return Duration.ofSeconds(5);
        }
    };
    private final ClusterView view = new ClusterView(scheduler, config, clock);

    private Instant takenAt() {
        return view.newest().map(Cluster::takenAt).orElse(Instant.MIN);
    }

    @Test
    void firstQuestion_isWaitedFor() {
        assertThat(view.current().nodes()).hasSize(3);
    }

    @Test
    void oldDescription_isMadeNewInTheBackground() {
        // Given
        Instant first = view.current().takenAt();

        // When
        clock.advance(Duration.ofSeconds(9));
        assertThat(takenAt()).isEqualTo(first);
        clock.advance(Duration.ofSeconds(1));

        // Then
        await().atMost(Duration.ofSeconds(10)).until(() -> takenAt().isAfter(first));
    }

    @Test
    void schedulerAway_leavesTheLastDescriptionWithItsTime() {
        // Given
        Instant first = view.current().takenAt();

        // When
        scheduler.isDown();
        clock.advance(Duration.ofMinutes(5));

        // Then
        assertThat(view.current().takenAt()).isEqualTo(first);
        await().during(Duration.ofMillis(200)).until(() -> takenAt().equals(first));
    }

    @Test
    void schedulerNeverThere_isToldSo() {
        // Given
        scheduler.isDown();

        // When
        AnemoneException failure = catchThrowableOfType(AnemoneException.class, view::current);

        // Then
        assertThat(failure.code()).isEqualTo(ErrorCode.SCHEDULER_UNAVAILABLE);
        assertThat(view.newest()).isEmpty();
        // And well again once it is up
        scheduler.isUp();
        clock.advance(Duration.ofSeconds(10));
        await().atMost(Duration.ofSeconds(10)).until(() -> view.newest().isPresent());
    }
}
