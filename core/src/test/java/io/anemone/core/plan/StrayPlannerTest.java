package io.anemone.core.plan;

import static io.anemone.core.plan.PlanFixtures.NOW;
import static io.anemone.core.plan.PlanFixtures.active;
import static io.anemone.core.plan.PlanFixtures.job;
import static io.anemone.core.plan.PlanFixtures.jobOf;
import static io.anemone.core.plan.PlanFixtures.leaseId;
import static io.anemone.core.plan.PlanFixtures.listing;
import static io.anemone.core.plan.PlanFixtures.own;
import static io.anemone.core.plan.PlanFixtures.plan;
import static io.anemone.core.plan.PlanFixtures.pooled;
import static io.anemone.core.plan.PlanFixtures.released;
import static io.anemone.core.plan.PlanFixtures.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.lease.LeaseEnd;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.scheduler.JobListing;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.vm.LaunchPath;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jobs that carry a lease's name and that no lease has any use for. */
class StrayPlannerTest {

    private static final LeaseView LEASE = pooled(1, active(1));

    @ParameterizedTest
    @EnumSource(names = {"PENDING", "RUNNING", "SUSPENDED"})
    void secondJobOfALease_isCancelled_andTheFirstIsNot(JobState state) {
        JobView second = job("2", leaseId(1).jobName(), "anemone", state);

        assertThat(strays(List.of(LEASE), jobOf(LEASE, JobState.RUNNING), second))
                .containsExactly(new Decision.CancelStray(leaseId(1), "2", "anemone", NOW.minusSeconds(1)));
    }

    @Test
    void jobOfALeaseThatIsOver_isCancelled_whetherTheSnapshotStillHasItOrNot() {
        LeaseView over = pooled(1, released(1, LeaseEnd.Cause.RELEASED));
        JobView late = job("2", leaseId(1).jobName(), "anemone", JobState.PENDING);

        assertThat(strays(List.of(over), late)).hasSize(1);
        assertThat(strays(List.of(), late)).hasSize(1);
    }

    /** As when the scheduler put the job back into its queue, which ended the lease. */
    @Test
    void jobThatIsThereAgainAfterItsLeasesEnd_isCancelled() {
        LeaseView over = pooled(1, released(1, LeaseEnd.Cause.NODE_LOST));
        JobView again = jobOf(over, JobState.PENDING);

        assertThat(strays(List.of(over), again)).hasSize(1);
        assertThat(plan(snapshot(List.of(), List.of(over), new JobListing(over.since(), true, List.of(again)))))
                .isEmpty();
    }

    @Test
    void jobThatMayStillBeTheOne_isLeftAlone() {
        LeaseView submitting = pooled(1, new LeaseState.Submitting(PlanFixtures.ENDS));

        assertThat(strays(List.of(submitting), job("2", leaseId(1).jobName(), "anemone", JobState.PENDING)))
                .isEmpty();
    }

    @Test
    void jobOfAnotherOwner_orOfAnotherName_isLeftAlone() {
        assertThat(strays(
                        List.of(LEASE),
                        job("2", leaseId(1).jobName(), "mallory", JobState.RUNNING),
                        job("3", "anemone-not-a-lease", "anemone", JobState.RUNNING),
                        job("4", "x" + leaseId(1).jobName(), "anemone", JobState.RUNNING)))
                .isEmpty();
    }

    @Test
    void jobThatIsOver_orOnItsWayOut_isLeftAlone() {
        assertThat(strays(
                        List.of(LEASE),
                        job("2", leaseId(1).jobName(), "anemone", JobState.COMPLETING),
                        job("3", leaseId(1).jobName(), "anemone", JobState.CANCELLED)))
                .isEmpty();
    }

    /** Its owner may name it as they like. */
    @Test
    void jobThatBacksADirectLease_isLeftAlone_whateverItsName() {
        LeaseView direct = own(2, LaunchPath.DIRECT, null, active(2));
        LeaseView over = own(1, LaunchPath.SCHEDULED, null, released(1, LeaseEnd.Cause.COMPLETED));

        assertThat(strays(List.of(direct, over), job("2", leaseId(1).jobName(), "researcher", JobState.RUNNING)))
                .isEmpty();
    }

    private static List<Decision> strays(List<LeaseView> leases, JobView... jobs) {
        JobListing listing = listing(jobs);
        return plan(snapshot(List.of(), leases, listing)).stream()
                .filter(decision -> decision instanceof Decision.CancelStray)
                .toList();
    }
}
