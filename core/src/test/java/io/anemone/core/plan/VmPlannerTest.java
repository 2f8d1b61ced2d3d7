package io.anemone.core.plan;

import static io.anemone.core.plan.PlanFixtures.LIMITS;
import static io.anemone.core.plan.PlanFixtures.NOW;
import static io.anemone.core.plan.PlanFixtures.active;
import static io.anemone.core.plan.PlanFixtures.draining;
import static io.anemone.core.plan.PlanFixtures.leaseId;
import static io.anemone.core.plan.PlanFixtures.own;
import static io.anemone.core.plan.PlanFixtures.plan;
import static io.anemone.core.plan.PlanFixtures.pooled;
import static io.anemone.core.plan.PlanFixtures.readyOn;
import static io.anemone.core.plan.PlanFixtures.released;
import static io.anemone.core.plan.PlanFixtures.releasing;
import static io.anemone.core.plan.PlanFixtures.snapshot;
import static io.anemone.core.plan.PlanFixtures.unwanted;
import static io.anemone.core.plan.PlanFixtures.vm;
import static io.anemone.core.plan.PlanFixtures.vmId;
import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.lease.LeaseEnd;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.vm.Goal;
import io.anemone.core.vm.Hardware;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.Outcome;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmEvent;
import io.anemone.core.vm.VmFixtures;
import io.anemone.core.vm.VmSpec;
import io.anemone.core.vm.VmState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VmPlannerTest {

    private static final VmState PENDING = new VmState.Pending(1, NOW);

    // --- The three launch paths

    @Test
    void scheduledVm_asksForALeaseOfItsSize() {
        List<Decision> decisions = planFor(vm(1, LaunchPath.SCHEDULED, PENDING));

        assertThat(decisions).singleElement().isInstanceOfSatisfying(Decision.RequestLease.class, request -> {
            assertThat(request.vm()).isEqualTo(vmId(1));
            assertThat(request.spec().owner()).isEqualTo("researcher");
            assertThat(request.spec().cores()).isEqualTo(1);
            assertThat(request.spec().memoryMiB()).isEqualTo(384);
            assertThat(request.spec().walltime()).isEqualTo(LIMITS.defaultWalltime());
            assertThat(request.spec().exclusive()).isFalse();
            assertThat(request.spec().pool()).isNull();
        });
    }

    @Test
    void staticVm_isPlacedOnAPoolLease() {
        assertThat(planFor(vm(1, LaunchPath.STATIC, PENDING), pooled(1, active(1))))
                .contains(assigned(1));
    }

    @ParameterizedTest
    @EnumSource(names = {"SCHEDULED", "DIRECT"})
    void vmOfAnotherPath_isNeverPlacedOnAPoolLease(LaunchPath path) {
        assertThat(planFor(vm(1, path, PENDING), pooled(1, active(1)))).doesNotContain(assigned(1));
    }

    @Test
    void directVm_isPlacedOnItsOwnLease_andOnNoOther() {
        VmView vm = vm(1, LaunchPath.DIRECT, PENDING);

        assertThat(planFor(vm, own(1, LaunchPath.DIRECT, vmId(1), active(1)))).containsExactly(assigned(1));
        assertThat(planFor(vm, own(1, LaunchPath.DIRECT, vmId(2), active(1)))).doesNotContain(assigned(1));
    }

    @Test
    void directVmWhoseJobEndedBeforeItWasPlaced_isTold() {
        LeaseView over = own(1, LaunchPath.DIRECT, vmId(1), released(1, LeaseEnd.Cause.CANCELLED));

        assertThat(planFor(vm(1, LaunchPath.DIRECT, PENDING), over))
                .containsExactly(event(new VmEvent.LeaseOver(leaseId(1), VmFixtures.end(LeaseEnd.Cause.CANCELLED))));
    }

    @Test
    void directVmWithoutAnyLeaseInSight_isLeftAlone() {
        assertThat(planFor(vm(1, LaunchPath.DIRECT, PENDING))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"STATIC", "SCHEDULED"})
    void nextAttempt_waitsForItsTime(LaunchPath path) {
        VmView early = vm(1, path, new VmState.Pending(2, NOW.plusMillis(1)));
        VmView due = vm(1, path, new VmState.Pending(2, NOW));

        assertThat(planFor(early, pooled(1, active(1)))).isEmpty();
        assertThat(planFor(due, pooled(1, active(1)))).hasSize(1);
    }

    // --- Leases of its own

    @Test
    void queuedVm_isPlacedWhenItsLeaseIsActive() {
        VmView vm = vm(1, LaunchPath.SCHEDULED, new VmState.Queued(1, leaseId(1)));

        assertThat(planFor(vm, own(1, LaunchPath.SCHEDULED, vmId(1), active(1))))
                .containsExactly(assigned(1));
        assertThat(planFor(vm, own(1, LaunchPath.SCHEDULED, vmId(1), new LeaseState.Queued("1"))))
                .isEmpty();
    }

    @Test
    void ownLeaseThatDrains_stillTakesTheVmThatItWasMadeFor() {
        VmView queued = vm(1, LaunchPath.SCHEDULED, new VmState.Queued(1, leaseId(1)));
        VmView direct = vm(1, LaunchPath.DIRECT, PENDING);

        assertThat(planFor(queued, own(1, LaunchPath.SCHEDULED, vmId(1), draining(1))))
                .containsExactly(assigned(1));
        assertThat(planFor(direct, own(1, LaunchPath.DIRECT, vmId(1), draining(1))))
                .containsExactly(assigned(1));
    }

    @Test
    void leaseBeingGivenBack_takesNoVm() {
        VmView queued = vm(1, LaunchPath.SCHEDULED, new VmState.Queued(1, leaseId(1)));

        assertThat(planFor(queued, own(1, LaunchPath.SCHEDULED, vmId(1), releasing(1))))
                .isEmpty();
        assertThat(planFor(vm(1, LaunchPath.STATIC, PENDING), pooled(1, releasing(1))))
                .isEmpty();
    }

    @Test
    void poolLeaseThatDrains_takesNoNewVm() {
        assertThat(planFor(vm(1, LaunchPath.STATIC, PENDING), pooled(1, draining(1))))
                .isEmpty();
    }

    // --- Ends

    @Test
    void everyStateOnALeaseThatIsOver_isTold() {
        LeaseView over = own(1, LaunchPath.SCHEDULED, vmId(1), released(1, LeaseEnd.Cause.NODE_LOST));
        Decision told = event(new VmEvent.LeaseOver(leaseId(1), VmFixtures.end(LeaseEnd.Cause.NODE_LOST)));

        for (VmState state : VmFixtures.states(1)) {
            if (state.lease() != null) {
                assertThat(planFor(vm(1, LaunchPath.SCHEDULED, state), over))
                        .as("%s", state.phase())
                        .containsExactly(told);
            }
        }
    }

    @Test
    void stoppingVmWhoseGoalIsToEnd_stillLearnsThatItsLeaseIsOver() {
        LeaseView over = pooled(1, released(1, LeaseEnd.Cause.CANCELLED));
        VmState stopping = VmFixtures.stopping(1, new Outcome.Stop(StopReason.USER, "ended"));

        assertThat(planFor(unwanted(1, LaunchPath.STATIC, stopping), over))
                .containsExactly(event(new VmEvent.LeaseOver(leaseId(1), VmFixtures.end(LeaseEnd.Cause.CANCELLED))));
    }

    @Test
    void goalToEnd_isBroughtToEveryPhase_once() {
        for (VmState state : VmFixtures.states(1)) {
            boolean ending = state.phase().terminal() || state instanceof VmState.Stopping;
            assertThat(planFor(unwanted(1, LaunchPath.STATIC, state), pooled(1, active(1))))
                    .as("%s", state.phase())
                    .hasSize(ending ? 0 : 1);
        }
    }

    @Test
    void goalToEnd_cancelsAnotherAttempt() {
        VmState stopping = VmFixtures.stopping(1, new Outcome.Retry(VmFixtures.NODE_FAULT));

        assertThat(planFor(unwanted(1, LaunchPath.STATIC, stopping), pooled(1, active(1))))
                .singleElement()
                .isInstanceOfSatisfying(
                        Decision.ForVm.class,
                        decision -> assertThat(decision.event()).isInstanceOf(VmEvent.TerminateRequested.class));
    }

    @Test
    void startDeadline_isTakenAtItsTimeAndNotBefore() {
        VmView due = vm(1, LaunchPath.STATIC, new VmState.Booting(1, leaseId(1), NOW));
        VmView early = vm(1, LaunchPath.STATIC, new VmState.Booting(1, leaseId(1), NOW.plusMillis(1)));

        assertThat(planFor(due, pooled(1, active(1)))).containsExactly(event(new VmEvent.DeadlineExpired()));
        assertThat(planFor(early, pooled(1, active(1)))).isEmpty();
    }

    // --- Room

    @Test
    void vmThatFitsNowhere_waits() {
        VmView large = new VmView(vmId(1), VmFixtures.spec(LaunchPath.STATIC, 5, 256), Goal.RUN, PENDING);
        VmView heavy = new VmView(vmId(1), VmFixtures.spec(LaunchPath.STATIC, 1, 5000), Goal.RUN, PENDING);

        assertThat(planFor(large, pooled(1, active(1)))).isEmpty();
        assertThat(planFor(heavy, pooled(1, active(1)))).isEmpty();
    }

    @Test
    void lastRoom_isGivenToOneVmOnly() {
        List<VmView> two = List.of(vm(1, LaunchPath.STATIC, PENDING), vm(2, LaunchPath.STATIC, PENDING));

        assertThat(plan(snapshot(two, List.of(pooled(1, active(1, 1, 384))), null)))
                .containsExactly(assigned(1));
    }

    @Test
    void partsOfACore_shareIt() {
        // Given
        List<VmView> three = List.of(half(1), half(2), half(3));

        // When, Then
        assertThat(plan(snapshot(three, List.of(pooled(1, active(1, 1, 4096))), null)))
                .hasSize(2);
    }

    private static VmView half(int n) {
        Hardware half = new Hardware(Hardware.Firmware.BIOS, false, false, false, 50);
        return new VmView(vmId(n), with(VmFixtures.spec(LaunchPath.STATIC, 1, 256), half), Goal.RUN, PENDING);
    }

    private static VmSpec with(VmSpec spec, Hardware hardware) {
        return new VmSpec(
                spec.name(),
                spec.owner(),
                spec.project(),
                spec.path(),
                spec.image(),
                spec.size(),
                spec.walltime(),
                spec.partition(),
                spec.pool(),
                spec.sshKeys(),
                spec.userData(),
                spec.labels(),
                spec.options().with(hardware));
    }

    @Test
    void wholeNode_isAloneOnItsLease() {
        // Given
        Hardware whole = new Hardware(Hardware.Firmware.BIOS, false, false, true, 100);
        VmView all = new VmView(vmId(1), with(VmFixtures.spec(LaunchPath.STATIC, 1, 256), whole), Goal.RUN, PENDING);
        VmView other = vm(2, LaunchPath.STATIC, readyOn(1));

        // When, Then
        assertThat(plan(snapshot(List.of(all, other), List.of(pooled(1, active(1))), null)))
                .isEmpty();
        assertThat(plan(snapshot(List.of(all, vm(2, LaunchPath.STATIC, PENDING)), List.of(pooled(1, active(1))), null)))
                .containsExactly(assigned(1));
    }

    @Test
    void scheduledWholeNode_asksForOneWithoutASize() {
        // Given
        Hardware whole = new Hardware(Hardware.Firmware.BIOS, false, false, true, 100);
        VmView all = new VmView(vmId(1), with(VmFixtures.spec(LaunchPath.SCHEDULED, 1, 256), whole), Goal.RUN, PENDING);

        // When, Then
        assertThat(planFor(all)).singleElement().isInstanceOfSatisfying(Decision.RequestLease.class, request -> {
            assertThat(request.spec().exclusive()).isTrue();
            assertThat(request.spec().cores()).isZero();
            assertThat(request.spec().memoryMiB()).isZero();
        });
    }

    @Test
    void vmBeingStopped_stillTakesItsRoom() {
        List<VmView> vms = List.of(
                vm(1, LaunchPath.STATIC, PENDING),
                vm(2, LaunchPath.STATIC, VmFixtures.stopping(1, new Outcome.Stop(StopReason.USER, "ended"))));

        assertThat(plan(snapshot(vms, List.of(pooled(1, active(1, 1, 384))), null)))
                .isEmpty();
    }

    @Test
    void fullestLeaseThatFits_isTaken() {
        List<VmView> vms = List.of(vm(1, LaunchPath.STATIC, PENDING), vm(2, LaunchPath.STATIC, readyOn(2)));
        List<LeaseView> leases = List.of(pooled(1, active(1)), pooled(2, active(2)), pooled(3, active(3)));

        assertThat(plan(snapshot(vms, leases, null))).containsExactly(assigned(2));
    }

    private static List<Decision> planFor(VmView vm, LeaseView... leases) {
        return plan(snapshot(List.of(vm), List.of(leases), null));
    }

    private static Decision assigned(int lease) {
        return event(new VmEvent.Assigned(leaseId(lease)));
    }

    private static Decision event(VmEvent event) {
        return new Decision.ForVm(vmId(1), event);
    }
}
