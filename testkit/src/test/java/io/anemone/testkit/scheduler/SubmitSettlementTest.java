package io.anemone.testkit.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.lease.ReleaseCause;
import io.anemone.core.lease.SubmitSettlement;
import io.anemone.core.scheduler.JobRequest;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.scheduler.SchedulerUnavailableException;
import io.anemone.core.vm.LaunchPath;
import io.anemone.testkit.time.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SubmitSettlementTest {

    private static final LeaseId LEASE = new LeaseId(new UUID(7, 1));
    private static final LeaseSpec SPEC =
            new LeaseSpec(LaunchPath.SCHEDULED, "ada", null, null, null, 1, 256, Duration.ofHours(1), false);
    private static final LeaseState SUBMITTING = new LeaseState.Submitting(Instant.EPOCH);
    private static final LeaseState GIVEN_BACK = new LeaseState.Releasing(null, null, ReleaseCause.USER, Instant.EPOCH);

    private final FakeScheduler scheduler = new FakeScheduler(SettableClock.fixed());
    private final SubmitSettlement settlement = new SubmitSettlement(scheduler);

    private List<LeaseEvent> settle(LeaseState state, int tries) {
        return settlement
                .settle(LEASE, SPEC, state, tries, SubmitSettlementTest::request)
                .events();
    }

    private static JobRequest request() {
        return new JobRequest(
                LEASE.jobName(), "ada", null, null, 1, 512, Duration.ofHours(1), false, "agent", Map.of());
    }

    @Test
    void replyLost_theNextTryFindsTheOneJob() {
        // Given
        scheduler.losesNextSubmitReply();
        assertThatThrownBy(() -> settle(SUBMITTING, 1)).isInstanceOf(SchedulerUnavailableException.class);

        // When
        List<LeaseEvent> events = settle(SUBMITTING, 2);

        // Then
        assertThat(events).containsExactly(new LeaseEvent.Submitted("1"));
        assertThat(scheduler.everyJob()).hasSize(1);
    }

    @Test
    void severalJobs_oneIsKeptAndTheOthersAreEnded() {
        // Given
        settle(SUBMITTING, 1);
        settle(SUBMITTING, 1);

        // When
        List<LeaseEvent> events = settle(SUBMITTING, 2);

        // Then
        assertThat(events).containsExactly(new LeaseEvent.Submitted("1"));
        assertThat(scheduler.everyJob())
                .extracting(JobView::state)
                .containsExactly(JobState.PENDING, JobState.CANCELLED);
    }

    @Test
    void givenBackBeforeItWasSubmitted_thereIsNoJob() {
        assertThat(settle(GIVEN_BACK, 2)).singleElement().isInstanceOf(LeaseEvent.SubmitRefused.class);
        assertThat(scheduler.everyJob()).isEmpty();
    }

    @Test
    void jobThatIsOverAlready_endsItsLease() {
        // Given
        settle(SUBMITTING, 1);
        scheduler.end("1", JobState.FAILED, 1);

        // When
        List<LeaseEvent> events = settle(SUBMITTING, 2);

        // Then
        assertThat(events).hasSize(2);
        assertThat(events.getLast()).isInstanceOf(LeaseEvent.JobOver.class);
    }

    @Test
    void leaseThatHasItsJob_isLeftAlone() {
        assertThat(settle(new LeaseState.Queued("1"), 1)).isEmpty();
    }
}
