package io.anemone.core.lease;

import static io.anemone.core.lease.LeaseFixtures.ENDS;
import static io.anemone.core.lease.LeaseFixtures.GRANT;
import static io.anemone.core.lease.LeaseFixtures.JOB;
import static io.anemone.core.lease.LeaseFixtures.LATER;
import static io.anemone.core.lease.LeaseFixtures.NODE;
import static io.anemone.core.lease.LeaseFixtures.NOW;
import static io.anemone.core.lease.LeaseFixtures.REFUSAL;
import static io.anemone.core.lease.LeaseFixtures.end;
import static io.anemone.core.lease.LeaseFixtures.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.scheduler.JobState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LeaseMachineTest {

    private static final LeaseLimits LIMITS =
            new LeaseLimits(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofSeconds(15));
    private static final LeaseEvent DEADLINE = new LeaseEvent.DeadlineExpired();
    private static final LeaseEvent RELEASE = new LeaseEvent.ReleaseRequested(ReleaseCause.USER);
    private static final LeaseEvent JOINED = new LeaseEvent.AgentJoined(JOB, NODE, ENDS, GRANT);
    private static final LeaseState ACTIVE = new LeaseState.Active(JOB, NODE, ENDS, GRANT);

    private final LeaseMachine machine = new LeaseMachine(LIMITS);

    @Test
    void lease_goesTheWholeWayToActive() {
        LeaseState state = LeaseMachine.requested();
        state = next(state, new LeaseEvent.SubmitDue());
        state = next(state, new LeaseEvent.Submitted(JOB));
        state = next(state, new LeaseEvent.JobSeen(job(JOB, JobState.RUNNING)));

        assertThat(state).isEqualTo(new LeaseState.Starting(JOB, NODE, NOW.plus(LIMITS.start())));
        assertThat(next(state, JOINED)).isEqualTo(ACTIVE);
    }

    @Test
    void submitDue_asksForExactlyOneJob() {
        LeaseStep.Moved step = moved(LeaseMachine.requested(), new LeaseEvent.SubmitDue(), NOW);

        assertThat(step.effects()).containsExactly(new LeaseEffect.SubmitJob());
        assertThat(machine.apply(step.next(), new LeaseEvent.SubmitDue(), NOW)).isInstanceOf(LeaseStep.Ignored.class);
    }

    @Test
    void directLease_startsFromItsRunningJob() {
        assertThat(machine.foundRunning(JOB, NODE, NOW))
                .isEqualTo(new LeaseState.Starting(JOB, NODE, NOW.plus(LIMITS.start())));
    }

    @Test
    void agentJoinedBeforeThePoll_isActiveAtOnce() {
        LeaseStep.Moved fromQueued = moved(new LeaseState.Queued(JOB), JOINED, NOW);
        LeaseStep.Moved fromSubmitting = moved(new LeaseState.Submitting(LATER), JOINED, NOW);

        assertThat(fromQueued.next()).isEqualTo(ACTIVE);
        assertThat(fromSubmitting.next()).isEqualTo(ACTIVE);
        assertThat(fromQueued.effects()).containsExactly(new LeaseEffect.SyncAgent());
        // The poll that comes late changes nothing.
        assertThat(machine.apply(ACTIVE, new LeaseEvent.JobSeen(job(JOB, JobState.RUNNING)), NOW))
                .isInstanceOf(LeaseStep.Ignored.class);
        assertThat(machine.apply(ACTIVE, new LeaseEvent.Submitted(JOB), NOW)).isInstanceOf(LeaseStep.Ignored.class);
    }

    // --- Giving back

    @Test
    void releaseDuringSubmitting_thenSubmitted_cancelsThatJob() {
        LeaseStep.Moved releasing = moved(new LeaseState.Submitting(LATER), RELEASE, NOW);
        LeaseStep.Moved cancelling = moved(releasing.next(), new LeaseEvent.Submitted(JOB), NOW);

        assertThat(releasing.effects()).containsExactly(new LeaseEffect.SubmitJob());
        assertThat(cancelling.next())
                .isEqualTo(new LeaseState.Releasing(JOB, null, ReleaseCause.USER, NOW.plus(LIMITS.release())));
        assertThat(cancelling.effects()).containsExactly(new LeaseEffect.CancelJob(JOB));
    }

    @Test
    void releaseDuringSubmitting_thenItsAgentJoins_cancelsThatJob() {
        LeaseState releasing = next(new LeaseState.Submitting(LATER), RELEASE);

        assertThat(moved(releasing, JOINED, NOW).effects()).containsExactly(new LeaseEffect.CancelJob(JOB));
    }

    @Test
    void releaseDuringSubmitting_thenRefused_isOver() {
        LeaseState releasing = next(new LeaseState.Submitting(LATER), RELEASE);

        assertThat(next(releasing, new LeaseEvent.SubmitRefused(REFUSAL)).phase())
                .isEqualTo(LeasePhase.RELEASED);
    }

    @Test
    void releaseBeforeTheSubmit_needsNoJob() {
        LeaseStep.Moved step = moved(LeaseMachine.requested(), RELEASE, NOW);

        assertThat(step.next().phase()).isEqualTo(LeasePhase.RELEASED);
        assertThat(step.effects()).isEmpty();
    }

    @Test
    void releaseOfAnActiveLease_leavesItToTheAgent_untilTheDeadline() {
        LeaseStep.Moved asked = moved(ACTIVE, RELEASE, NOW);
        LeaseStep.Moved overdue = moved(asked.next(), DEADLINE, NOW.plus(LIMITS.release()));

        assertThat(asked.effects()).containsExactly(new LeaseEffect.SyncAgent());
        assertThat(overdue.effects()).containsExactly(new LeaseEffect.CancelJob(JOB));
        assertThat(overdue.next().phase()).isEqualTo(LeasePhase.RELEASING);
    }

    @Test
    void releasing_isNeverOverByDeadlineAlone() {
        LeaseState state = new LeaseState.Releasing(JOB, NODE, ReleaseCause.USER, LATER);
        Instant now = LATER;
        for (int i = 0; i < 100; i++) {
            state = moved(state, DEADLINE, now).next();
            now = now.plus(LIMITS.release());
            assertThat(state.phase()).isEqualTo(LeasePhase.RELEASING);
            assertThat(state.deadline()).isEqualTo(now);
        }
    }

    @Test
    void givenBackJobThatWasCancelled_endsAsReleased() {
        LeaseState releasing = new LeaseState.Releasing(JOB, NODE, ReleaseCause.OPERATOR, LATER);

        assertThat(endOf(next(releasing, new LeaseEvent.JobOver(JOB, end(LeaseEnd.Cause.CANCELLED))))
                        .cause())
                .isEqualTo(LeaseEnd.Cause.RELEASED);
        assertThat(endOf(next(releasing, new LeaseEvent.JobOver(JOB, end(LeaseEnd.Cause.NODE_LOST))))
                        .cause())
                .isEqualTo(LeaseEnd.Cause.NODE_LOST);
    }

    // --- Starting

    @Test
    void agentThatNeverJoins_endsTheLeaseAsTheNodesFailure() {
        // Given
        LeaseState starting = new LeaseState.Starting(JOB, NODE, LATER);

        // When
        LeaseStep.Moved givenUp = moved(starting, DEADLINE, LATER);
        LeaseState over = next(givenUp.next(), new LeaseEvent.JobOver(JOB, end(LeaseEnd.Cause.CANCELLED)));

        // Then
        assertThat(givenUp.effects()).containsExactly(new LeaseEffect.CancelJob(JOB));
        LeaseEnd end = endOf(over);
        assertThat(end.cause()).isEqualTo(LeaseEnd.Cause.FAILED);
        assertThat(end.failure()).isEqualTo(new Failure(ErrorCode.AGENT_NEVER_JOINED, end.message()));
        assertThat(end.message()).contains("job: 42").contains("node: n1");
    }

    @ParameterizedTest
    @EnumSource(
            value = JobState.class,
            names = {"PENDING", "SUSPENDED", "COMPLETING"})
    void queuedLease_startsOnlyWithARunningJob(JobState state) {
        assertThat(machine.apply(new LeaseState.Queued(JOB), new LeaseEvent.JobSeen(job(JOB, state)), NOW))
                .isInstanceOf(LeaseStep.Ignored.class);
    }

    // --- Deadlines and times

    @Test
    void deadlines_areNotTakenAMomentBeforeTheirTime() {
        for (LeaseState state : LeaseFixtures.states()) {
            assertThat(machine.apply(state, DEADLINE, LATER.minusMillis(1)))
                    .as("%s", state)
                    .isInstanceOf(LeaseStep.Ignored.class);
        }
    }

    @Test
    void submitWithoutAnAnswer_isAskedAboutAgain() {
        LeaseStep.Moved step = moved(new LeaseState.Submitting(LATER), DEADLINE, LATER);

        assertThat(step.next()).isEqualTo(new LeaseState.Submitting(LATER.plus(LIMITS.submit())));
        assertThat(step.effects()).containsExactly(new LeaseEffect.SubmitJob());
    }

    @Test
    void extendedJob_movesTheLeasesEnd_silently() {
        Instant extended = ENDS.plus(Duration.ofHours(2));
        LeaseEvent seen = new LeaseEvent.JobSeen(job(JOB, "any", "researcher", JobState.RUNNING, extended));

        LeaseStep.Moved step = moved(ACTIVE, seen, NOW);

        assertThat(step.next()).isEqualTo(new LeaseState.Active(JOB, NODE, extended, GRANT));
        assertThat(step.note()).isEmpty();
        assertThat(step.effects()).isEmpty();
    }

    @Test
    void endThatMovedByLessThanASecond_isNoNews() {
        LeaseEvent seen = new LeaseEvent.JobSeen(job(JOB, "any", "researcher", JobState.RUNNING, ENDS.plusMillis(900)));

        assertThat(machine.apply(ACTIVE, seen, NOW)).isInstanceOf(LeaseStep.Ignored.class);
    }

    @Test
    void drained_keepsWhatItWasGranted() {
        assertThat(next(ACTIVE, new LeaseEvent.DrainRequested("maintenance")))
                .isEqualTo(new LeaseState.Draining(JOB, NODE, ENDS, GRANT));
    }

    private static LeaseEnd endOf(LeaseState state) {
        assertThat(state).isInstanceOf(LeaseState.Released.class);
        return ((LeaseState.Released) state).end();
    }

    private LeaseState next(LeaseState state, LeaseEvent event) {
        return moved(state, event, NOW).next();
    }

    private LeaseStep.Moved moved(LeaseState state, LeaseEvent event, Instant now) {
        LeaseStep step = machine.apply(state, event, now);
        assertThat(step).isInstanceOf(LeaseStep.Moved.class);
        return (LeaseStep.Moved) step;
    }
}
