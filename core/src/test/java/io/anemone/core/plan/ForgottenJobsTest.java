package io.anemone.core.plan;

import static io.anemone.core.plan.PlanFixtures.NOW;
import static io.anemone.core.plan.PlanFixtures.active;
import static io.anemone.core.plan.PlanFixtures.job;
import static io.anemone.core.plan.PlanFixtures.jobOf;
import static io.anemone.core.plan.PlanFixtures.pooled;
import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.scheduler.JobAnswer;
import io.anemone.core.scheduler.JobState;
import org.junit.jupiter.api.Test;

class ForgottenJobsTest {

    private static final LeaseView LEASE = pooled(1, active(1));
    private static final JobAnswer NONE = new JobAnswer.NoSuchJob();
    private static final JobAnswer ANOTHERS = new JobAnswer.Known(job("1", "simulation", "mallory", JobState.RUNNING));
    private static final JobAnswer OWN = new JobAnswer.Known(jobOf(LEASE, JobState.RUNNING));

    private final ForgottenJobs forgotten = new ForgottenJobs();

    @Test
    void unknownOnce_isNotBelieved() {
        assertThat(forgotten.believes(LEASE, NONE, NOW)).isFalse();
        assertThat(forgotten.believes(LEASE, NONE, NOW.plusSeconds(9))).isFalse();
    }

    @Test
    void unknownTwiceAndSomeTimeApart_isBelieved() {
        forgotten.believes(LEASE, NONE, NOW);

        assertThat(forgotten.believes(LEASE, ANOTHERS, NOW.plusSeconds(10))).isTrue();
    }

    /** A late submit of a lease may get the id of its run that a restarted scheduler lost, and whose guests live. */
    @Test
    void waitingAgainOnce_isNotBelieved() {
        JobAnswer again = new JobAnswer.Known(jobOf(LEASE, JobState.PENDING));

        assertThat(forgotten.believes(LEASE, again, NOW)).isFalse();
        assertThat(forgotten.believes(LEASE, again, NOW.plusSeconds(10))).isTrue();
    }

    @Test
    void knownInBetween_beginsAnew() {
        forgotten.believes(LEASE, NONE, NOW);

        assertThat(forgotten.believes(LEASE, OWN, NOW.plusSeconds(5))).isTrue();
        assertThat(forgotten.believes(LEASE, NONE, NOW.plusSeconds(11))).isFalse();
    }
}
