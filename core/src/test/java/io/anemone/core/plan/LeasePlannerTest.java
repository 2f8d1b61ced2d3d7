package io.anemone.core.plan;

import static io.anemone.core.plan.PlanFixtures.CAME_HERE;
import static io.anemone.core.plan.PlanFixtures.NOW;
import static io.anemone.core.plan.PlanFixtures.active;
import static io.anemone.core.plan.PlanFixtures.draining;
import static io.anemone.core.plan.PlanFixtures.job;
import static io.anemone.core.plan.PlanFixtures.jobOf;
import static io.anemone.core.plan.PlanFixtures.leaseId;
import static io.anemone.core.plan.PlanFixtures.listing;
import static io.anemone.core.plan.PlanFixtures.own;
import static io.anemone.core.plan.PlanFixtures.plan;
import static io.anemone.core.plan.PlanFixtures.pooled;
import static io.anemone.core.plan.PlanFixtures.readyOn;
import static io.anemone.core.plan.PlanFixtures.released;
import static io.anemone.core.plan.PlanFixtures.releasing;
import static io.anemone.core.plan.PlanFixtures.snapshot;
import static io.anemone.core.plan.PlanFixtures.vm;
import static io.anemone.core.plan.PlanFixtures.vmId;
import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.lease.LeaseEnd;
import io.anemone.core.lease.LeaseEnds;
import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.lease.ReleaseCause;
import io.anemone.core.scheduler.JobListing;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LeasePlannerTest {

    private static final LeaseView POOLED = pooled(1, active(1));

    @Test
    void requestedLease_isSubmitted() {
        LeaseView lease = pooled(1, new LeaseState.Requested());

        assertThat(planFor(lease, null)).containsExactly(forLease(new LeaseEvent.SubmitDue()));
    }

    @ParameterizedTest
    @EnumSource(names = {"RUNNING", "SUSPENDED", "COMPLETING"})
    void jobThatIsThere_isSeen(JobState state) {
        JobView job = jobOf(POOLED, state);

        assertThat(planFor(POOLED, listing(job))).containsExactly(forLease(new LeaseEvent.JobSeen(job)));
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "CANCELLED", "FAILED", "TIMEOUT", "PREEMPTED", "NODE_FAIL"})
    void jobThatIsOver_endsTheLease(JobState state) {
        JobView job = jobOf(POOLED, state);

        assertThat(planFor(POOLED, listing(job)))
                .containsExactly(forLease(new LeaseEvent.JobOver("1", LeaseEnds.of(job))));
    }

    // --- Jobs that are put back into the queue

    @Test
    void jobPutBackIntoTheQueue_isAskedAboutDirectly() {
        for (LeaseState state :
                List.of(new LeaseState.Starting("1", "n1", NOW.plusSeconds(60)), active(1), draining(1))) {
            LeaseView lease = pooled(1, state);

            assertThat(planFor(lease, listing(jobOf(lease, JobState.PENDING))))
                    .containsExactly(new Decision.ConfirmJob(leaseId(1), "1"));
        }
    }

    @Test
    void olderListingWithTheJobStillInTheQueue_endsNothing() {
        JobListing older = new JobListing(CAME_HERE, true, List.of(jobOf(POOLED, JobState.PENDING)));

        assertThat(planFor(POOLED, older)).isEmpty();
    }

    @Test
    void newListingThatIsOldInside_withTheJobStillInTheQueue_endsNothing() {
        // Given: what a cache or a lagging scheduler hands out. The jobs are as they were submitted.
        LeaseView direct = own(1, LaunchPath.DIRECT, vmId(1), active(1));
        JobView its = job("1", "my-vm.sbatch", "researcher", JobState.PENDING);
        JobView pooled = submittedAt(CAME_HERE.minusSeconds(5), jobOf(POOLED, JobState.PENDING));

        // Then
        assertThat(planFor(POOLED, listing(pooled))).isEmpty();
        assertThat(planWith(List.of(vm(1, LaunchPath.DIRECT, readyOn(1))), direct, listing(its)))
                .isEmpty();
    }

    @Test
    void directJobPutBackIntoTheQueue_isKnownByItsNewSubmit() {
        LeaseView direct = own(1, LaunchPath.DIRECT, vmId(1), active(1));
        JobView again = submittedAt(NOW.plusSeconds(1), job("1", "my-vm.sbatch", "researcher", JobState.PENDING));

        assertThat(planWith(List.of(vm(1, LaunchPath.DIRECT, readyOn(1))), direct, listing(again)))
                .containsExactly(new Decision.ConfirmJob(leaseId(1), "1"));
    }

    private static JobView submittedAt(Instant at, JobView job) {
        return new JobView(
                job.id(),
                job.name(),
                job.owner(),
                job.state(),
                job.reason(),
                job.node(),
                job.cores(),
                job.memoryMiB(),
                at,
                job.startedAt(),
                job.endsAt(),
                job.exitCode());
    }

    @Test
    void jobThatWaitsForItsFirstRun_isSeen() {
        LeaseView lease = pooled(1, new LeaseState.Queued("1"));
        JobView job = jobOf(lease, JobState.PENDING);

        assertThat(planFor(lease, listing(job))).containsExactly(forLease(new LeaseEvent.JobSeen(job)));
    }

    // --- Missing observations

    @Test
    void noListingYet_saysNothing() {
        assertThat(planFor(POOLED, null)).isEmpty();
    }

    @Test
    void emptyCompleteNewerListing_onlyAsksAboutTheJob() {
        assertThat(planFor(POOLED, listing())).containsExactly(new Decision.ConfirmJob(leaseId(1), "1"));
    }

    @Test
    void incompleteListing_saysNothing() {
        assertThat(planFor(POOLED, new JobListing(NOW, false, List.of()))).isEmpty();
    }

    @Test
    void listingFromBeforeTheLeaseCameHere_saysNothing() {
        for (Instant takenAt : List.of(CAME_HERE, CAME_HERE.minusSeconds(1))) {
            assertThat(planFor(POOLED, new JobListing(takenAt, true, List.of())))
                    .isEmpty();
        }
    }

    // --- Reused ids

    @Test
    void jobOfTheSameIdButAnotherName_isNotTakenForOurs() {
        JobView stranger = job("1", "simulation", "anemone", JobState.FAILED);

        assertThat(planFor(POOLED, listing(stranger))).containsExactly(new Decision.ConfirmJob(leaseId(1), "1"));
    }

    @Test
    void jobOfTheSameIdButAnotherOwner_isNotTakenForOurs() {
        JobView stranger = job("1", POOLED.id().jobName(), "mallory", JobState.CANCELLED);

        assertThat(planFor(POOLED, listing(stranger))).containsExactly(new Decision.ConfirmJob(leaseId(1), "1"));
    }

    @Test
    void directLease_knowsItsJobUnderItsOwnersName() {
        LeaseView direct = own(1, LaunchPath.DIRECT, vmId(1), active(1));
        JobView job = job("1", "my-vm.sbatch", "researcher", JobState.RUNNING);

        assertThat(planWith(List.of(vm(1, LaunchPath.DIRECT, readyOn(1))), direct, listing(job)))
                .containsExactly(forLease(new LeaseEvent.JobSeen(job)));
    }

    // --- Submits whose reply is outstanding

    @Test
    void lostSubmitReply_isFoundByTheJobsName() {
        LeaseView lease = pooled(1, new LeaseState.Submitting(NOW.plusSeconds(20)));
        JobView job = jobOf(lease, JobState.PENDING);

        assertThat(planFor(lease, listing(job))).containsExactly(forLease(new LeaseEvent.JobSeen(job)));
    }

    @Test
    void leaseGivenBackBeforeItsSubmitWasAnswered_findsTheJobToCancel() {
        LeaseView lease = pooled(1, new LeaseState.Releasing(null, null, ReleaseCause.USER, NOW.plusSeconds(20)));
        JobView job = jobOf(lease, JobState.PENDING);

        assertThat(planFor(lease, listing(job))).containsExactly(forLease(new LeaseEvent.JobSeen(job)));
    }

    @Test
    void foreignJobUnderOurName_isNotTakenForALostReply() {
        LeaseView lease = pooled(1, new LeaseState.Submitting(NOW.plusSeconds(20)));
        JobView stranger = job("99", lease.id().jobName(), "mallory", JobState.RUNNING);

        assertThat(planFor(lease, listing(stranger))).isEmpty();
    }

    @Test
    void submittingLease_isNotEndedByAListingWithoutItsJob() {
        assertThat(planFor(pooled(1, new LeaseState.Submitting(NOW.plusSeconds(20))), listing()))
                .isEmpty();
    }

    // --- Leases that serve nobody

    @Test
    void leaseWhoseVmIsOver_isGivenBack() {
        LeaseView lease = own(1, LaunchPath.SCHEDULED, vmId(1), active(1));

        assertThat(planWith(List.of(), lease, null))
                .containsExactly(forLease(new LeaseEvent.ReleaseRequested(ReleaseCause.VM_OVER)));
        assertThat(planWith(List.of(vm(1, LaunchPath.SCHEDULED, stopped())), lease, null))
                .containsExactly(forLease(new LeaseEvent.ReleaseRequested(ReleaseCause.VM_OVER)));
    }

    @Test
    void leaseWhoseVmMovedOn_isGivenBack() {
        LeaseView lease = own(1, LaunchPath.SCHEDULED, vmId(1), active(1));
        VmView onAnother = vm(1, LaunchPath.SCHEDULED, new VmState.Queued(2, leaseId(2)));
        VmView waiting = vm(1, LaunchPath.SCHEDULED, new VmState.Pending(2, NOW.plusSeconds(60)));

        assertThat(planWith(List.of(onAnother), lease, null)).contains(release());
        assertThat(planWith(List.of(waiting), lease, null)).containsExactly(release());
    }

    @Test
    void leaseOfALiveVm_stays() {
        LeaseView lease = own(1, LaunchPath.SCHEDULED, vmId(1), active(1));

        assertThat(planWith(List.of(vm(1, LaunchPath.SCHEDULED, readyOn(1))), lease, null))
                .isEmpty();
    }

    @Test
    void leaseOfADirectVmThatIsNotPlacedYet_stays() {
        LeaseView lease = own(1, LaunchPath.DIRECT, vmId(1), new LeaseState.Starting("1", "n1", NOW.plusSeconds(60)));

        assertThat(planWith(List.of(vm(1, LaunchPath.DIRECT, new VmState.Pending(1, NOW))), lease, null))
                .isEmpty();
    }

    @Test
    void leaseBeingGivenBack_isNotGivenBackAgain() {
        assertThat(planWith(List.of(), own(1, LaunchPath.SCHEDULED, vmId(1), releasing(1)), null))
                .isEmpty();
    }

    // --- Deadlines and ends

    @Test
    void deadline_isTakenAtItsTimeAndNotBefore() {
        assertThat(planFor(pooled(1, new LeaseState.Submitting(NOW)), null))
                .containsExactly(forLease(new LeaseEvent.DeadlineExpired()));
        assertThat(planFor(pooled(1, new LeaseState.Submitting(NOW.plusMillis(1))), null))
                .isEmpty();
    }

    @Test
    void leaseThatIsOver_isLeftAlone() {
        LeaseView over = pooled(1, released(1, LeaseEnd.Cause.CANCELLED));

        assertThat(planFor(over, listing(jobOf(over, JobState.COMPLETED)))).isEmpty();
        assertThat(planFor(over, listing())).isEmpty();
    }

    @Test
    void drainingLease_isStillHeldAgainstItsJob() {
        LeaseView lease = own(1, LaunchPath.SCHEDULED, vmId(1), draining(1));
        JobView job = jobOf(lease, JobState.CANCELLED);

        assertThat(planWith(List.of(vm(1, LaunchPath.SCHEDULED, readyOn(1))), lease, listing(job)))
                .containsExactly(forLease(new LeaseEvent.JobOver("1", LeaseEnds.of(job))));
    }

    private static Decision release() {
        return forLease(new LeaseEvent.ReleaseRequested(ReleaseCause.VM_OVER));
    }

    private static VmState stopped() {
        return new VmState.Stopped(1, StopReason.GUEST, "off");
    }

    private static Decision forLease(LeaseEvent event) {
        return new Decision.ForLease(leaseId(1), event);
    }

    private static List<Decision> planFor(LeaseView lease, @Nullable JobListing jobs) {
        return planWith(List.of(), lease, jobs);
    }

    private static List<Decision> planWith(List<VmView> vms, LeaseView lease, @Nullable JobListing jobs) {
        return plan(snapshot(vms, List.of(lease), jobs));
    }
}
