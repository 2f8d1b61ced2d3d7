package io.anemone.core.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.scheduler.JobState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever comes, in whatever order: what a lease may never do. */
class LeaseWalkTest {

    private final LeaseMachine machine = new LeaseMachine(LeaseLimits.DEFAULT);

    record Tick(LeaseEvent event, int seconds) {}

    @Property
    void anyWalk_keepsWhatHoldsForEveryLease(@ForAll("walks") List<Tick> walk) {
        LeaseState state = LeaseMachine.requested();
        Instant now = LeaseFixtures.NOW;
        for (Tick tick : walk) {
            now = now.plusSeconds(tick.seconds());
            if (machine.apply(state, tick.event(), now) instanceof LeaseStep.Moved moved) {
                allowed(state, tick.event(), moved, now);
                state = moved.next();
                wellFormed(state);
            }
        }
    }

    private static void allowed(LeaseState from, LeaseEvent event, LeaseStep.Moved step, Instant now) {
        LeaseState to = step.next();
        assertThat(from.phase().terminal()).as("left %s by %s", from, event).isFalse();
        assertThat(to.phase()).isGreaterThanOrEqualTo(from.phase());
        if (from.jobId() != null) {
            assertThat(to.jobId()).as("%s forgot its job by %s", from, event).isEqualTo(from.jobId());
        }
        if (to.phase().terminal()) {
            assertThat(proves(from, event)).as("%s is over by %s", from, event).isTrue();
        }
        if (event instanceof LeaseEvent.DeadlineExpired) {
            assertThat(from.deadline()).isNotNull().isBeforeOrEqualTo(now);
        }
        for (LeaseEffect effect : step.effects()) {
            switch (effect) {
                case LeaseEffect.CancelJob(String jobId) ->
                    assertThat(to)
                            .isInstanceOfSatisfying(
                                    LeaseState.Releasing.class,
                                    releasing -> assertThat(releasing.jobId()).isEqualTo(jobId));
                // I3: a job is asked for only while none is known.
                case LeaseEffect.SubmitJob e -> assertThat(to.jobId()).isNull();
                case LeaseEffect.SyncAgent e -> assertThat(to.node()).isNotNull();
            }
        }
    }

    /** I3: where a job may be, only the scheduler's word ends the lease. */
    private static boolean proves(LeaseState from, LeaseEvent event) {
        return switch (event) {
            case LeaseEvent.JobOver e -> true;
            case LeaseEvent.SubmitRefused e -> from.jobId() == null;
            case LeaseEvent.ReleaseRequested e -> from instanceof LeaseState.Requested;
            case LeaseEvent.SubmitDue e -> false;
            case LeaseEvent.Submitted e -> false;
            case LeaseEvent.JobSeen e -> false;
            case LeaseEvent.AgentJoined e -> false;
            case LeaseEvent.DrainRequested e -> false;
            case LeaseEvent.DeadlineExpired e -> false;
        };
    }

    /** I7: a phase that must pass has a deadline; one that may last does not. */
    private static void wellFormed(LeaseState state) {
        switch (state.phase()) {
            case SUBMITTING, STARTING, RELEASING -> assertThat(state.deadline()).isNotNull();
            case REQUESTED, QUEUED, ACTIVE, DRAINING, RELEASED, FAILED ->
                assertThat(state.deadline()).isNull();
        }
    }

    @Provide
    Arbitrary<List<Tick>> walks() {
        List<LeaseEvent> events = new ArrayList<>();
        for (String job : List.of(LeaseFixtures.JOB, LeaseFixtures.JOB, "4711")) {
            events.addAll(LeaseFixtures.events(job));
            for (JobState state : JobState.values()) {
                events.add(new LeaseEvent.JobSeen(LeaseFixtures.job(job, state)));
            }
        }
        return Combinators.combine(Arbitraries.of(events), Arbitraries.of(0, 1, 30, 400))
                .as(Tick::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }
}
