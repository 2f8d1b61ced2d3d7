package io.anemone.testkit.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anemone.core.scheduler.JobAnswer;
import io.anemone.core.scheduler.JobRequest;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.scheduler.Scheduler;
import io.anemone.core.scheduler.SchedulerUnavailableException;
import io.anemone.core.scheduler.SubmitAnswer;
import io.anemone.testkit.time.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FakeSchedulerTest extends AbstractSchedulerContract {

    private final SettableClock clock = SettableClock.fixed();
    private final FakeScheduler fake = new FakeScheduler(clock).startsJobsByItself();

    @Override
    protected Scheduler scheduler() {
        return fake;
    }

    @Override
    protected String owner() {
        return "researcher";
    }

    @Override
    protected Instant now() {
        return clock.instant();
    }

    @Test
    void submitReplyLost_jobExistsAllTheSame() {
        // Given
        JobRequest request = request("agent", Map.of());
        fake.losesNextSubmitReply();

        // When
        assertThatThrownBy(() -> fake.submit(request)).isInstanceOf(SchedulerUnavailableException.class);

        // Then
        assertThat(fake.findByName(owner(), request.name())).hasSize(1);
    }

    @Test
    void nextSubmitRefused_leavesNoJobAndConcernsOnlyOne() {
        // Given
        fake.refusesNextSubmit("no such account");

        // When
        SubmitAnswer first = fake.submit(request("agent", Map.of()));

        // Then
        assertThat(first)
                .isInstanceOfSatisfying(
                        SubmitAnswer.Refused.class,
                        refused -> assertThat(refused.failure().message()).isEqualTo("no such account"));
        assertThat(fake.everyJob()).isEmpty();
        assertThat(fake.submit(request("agent", Map.of()))).isInstanceOf(SubmitAnswer.Accepted.class);
    }

    @Test
    void down_failsEveryCallAndDoesNothing() {
        // Given
        String id = submit(request("agent", Map.of()));
        fake.isDown();

        // Then
        assertThatThrownBy(fake::jobs).isInstanceOf(SchedulerUnavailableException.class);
        assertThatThrownBy(() -> fake.cancel(id, owner())).isInstanceOf(SchedulerUnavailableException.class);
        assertThatThrownBy(() -> fake.submit(request("agent", Map.of())))
                .isInstanceOf(SchedulerUnavailableException.class);
        fake.isUp();
        assertThat(fake.everyJob())
                .singleElement()
                .satisfies(job -> assertThat(job.state()).isEqualTo(JobState.RUNNING));
    }

    @Test
    void emptyAndTruncatedListings_differInWhatTheyVouchFor() {
        // Given
        submit(request("agent", Map.of()));
        submit(request("agent", Map.of()));

        // When
        fake.answersEmpty();

        // Then
        assertThat(fake.jobs().complete()).isTrue();
        assertThat(fake.jobs().jobs()).isEmpty();

        // When
        fake.isUp();
        fake.truncates();

        // Then
        assertThat(fake.jobs().complete()).isFalse();
        assertThat(fake.jobs().jobs()).hasSize(1);
        assertThatThrownBy(() -> fake.findByName(owner(), "any")).isInstanceOf(SchedulerUnavailableException.class);
        fake.isUp();
    }

    @Test
    void walltimeOver_jobTimesOut() {
        // Given
        String id = submit(request("agent", Map.of()));
        assertThat(known(id).state()).isEqualTo(JobState.RUNNING);

        // When
        clock.advance(Duration.ofMinutes(11));

        // Then
        assertThat(known(id).state()).isEqualTo(JobState.TIMEOUT);
    }

    @Test
    void fullCluster_keepsJobsWaiting() {
        // Given
        FakeScheduler small = new FakeScheduler(clock, List.of(new FakeNode("n1", 1, 100))).startsJobsByItself();

        // When
        small.submit(request("agent", Map.of()));
        small.submit(request("agent", Map.of()));

        // Then
        assertThat(small.everyJob()).extracting(JobView::state).containsExactly(JobState.RUNNING, JobState.PENDING);
    }

    @Test
    void hiddenJob_isUnknownToOthersAndKnownToItsOwner() {
        // Given
        String id = submit(request("agent", Map.of()));

        // When
        fake.hidesJobsOfOthers();

        // Then
        assertThat(fake.jobs().jobs()).isEmpty();
        assertThat(fake.job(id, "somebody-else")).isEqualTo(new JobAnswer.NoSuchJob());
        assertThat(fake.job(id, owner())).isInstanceOf(JobAnswer.Known.class);
        fake.isUp();
    }
}
