package io.anemone.core.plan;

import static io.anemone.core.plan.PlanFixtures.LIMITS;
import static io.anemone.core.plan.PlanFixtures.active;
import static io.anemone.core.plan.PlanFixtures.job;
import static io.anemone.core.plan.PlanFixtures.jobOf;
import static io.anemone.core.plan.PlanFixtures.pooled;
import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.lease.LeaseEnds;
import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.scheduler.JobAnswer;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import org.junit.jupiter.api.Test;

/** What the scheduler's direct answer about one job means. */
class ConfirmedTest {

    private static final LeaseView LEASE = pooled(1, active(1));
    private static final LeaseEvent FORGOTTEN = new LeaseEvent.JobOver("1", LeaseEnds.forgotten("1"));

    private final Planner planner = new Planner(LIMITS);

    @Test
    void jobThatRuns_isSeen() {
        JobView job = jobOf(LEASE, JobState.RUNNING);

        assertThat(planner.confirmed(LEASE, "1", new JobAnswer.Known(job))).isEqualTo(new LeaseEvent.JobSeen(job));
    }

    @Test
    void jobThatIsOver_endsTheLease() {
        JobView job = jobOf(LEASE, JobState.TIMEOUT);

        assertThat(planner.confirmed(LEASE, "1", new JobAnswer.Known(job)))
                .isEqualTo(new LeaseEvent.JobOver("1", LeaseEnds.of(job)));
    }

    @Test
    void jobThatWaitsAgain_endsTheLeaseThatItsRunWas() {
        JobView again = jobOf(LEASE, JobState.PENDING);

        assertThat(planner.confirmed(LEASE, "1", new JobAnswer.Known(again)))
                .isEqualTo(new LeaseEvent.JobOver("1", LeaseEnds.putBack("1")));
    }

    @Test
    void jobThatIsUnknown_orWhoseIdIsAnothersNow_isOver() {
        JobView stranger = job("1", "simulation", "mallory", JobState.RUNNING);

        assertThat(planner.confirmed(LEASE, "1", new JobAnswer.NoSuchJob())).isEqualTo(FORGOTTEN);
        assertThat(planner.confirmed(LEASE, "1", new JobAnswer.Known(stranger))).isEqualTo(FORGOTTEN);
    }
}
