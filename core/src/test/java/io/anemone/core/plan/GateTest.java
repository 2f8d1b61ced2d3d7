package io.anemone.core.plan;

import static io.anemone.core.plan.PlanFixtures.LIMITS;
import static io.anemone.core.plan.PlanFixtures.NOW;
import static io.anemone.core.plan.PlanFixtures.active;
import static io.anemone.core.plan.PlanFixtures.leaseId;
import static io.anemone.core.plan.PlanFixtures.own;
import static io.anemone.core.plan.PlanFixtures.pool;
import static io.anemone.core.plan.PlanFixtures.pooled;
import static io.anemone.core.plan.PlanFixtures.vm;
import static io.anemone.core.plan.PlanFixtures.vmId;
import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.breaker.AttemptOutcome;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.VmEvent;
import io.anemone.core.vm.VmFixtures;
import io.anemone.core.vm.VmState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the planner makes of nodes, images and partitions that have failed. */
class GateTest {

    private static final VmState PENDING = new VmState.Pending(1, NOW);
    private static final String IMAGE = VmFixtures.spec(LaunchPath.SCHEDULED).image();

    private final List<AttemptOutcome> starts = new ArrayList<>();

    // --- Scheduled

    @Test
    void scheduledVm_avoidsTheNodesThatAreShut_andThoseThatFailedItBefore() {
        failedThreeTimes("n1", "micro-2", 60);
        starts.add(
                new AttemptOutcome(NOW.minusSeconds(9), vmId(1), "ada", "n2", "micro-2", "p", ErrorCode.GUEST_CRASHED));

        assertThat(plan(List.of(vm(1, LaunchPath.SCHEDULED, PENDING)), List.of()))
                .singleElement()
                .isInstanceOfSatisfying(
                        Decision.RequestLease.class,
                        request -> assertThat(request.spec().avoid()).containsExactlyInAnyOrder("n1", "n2"));
    }

    @Test
    void imageThatFailedOnTwoNodes_isHeldBack_andTheOwnerReadsWhy() {
        failedThreeTimes("n1", IMAGE, 60);
        failedThreeTimes("n2", IMAGE, 30);

        assertThat(plan(List.of(vm(1, LaunchPath.SCHEDULED, PENDING)), List.of()))
                .singleElement()
                .isInstanceOfSatisfying(
                        Decision.Hold.class,
                        hold -> assertThat(hold.why())
                                .contains("image " + IMAGE)
                                .contains("HYPERVISOR_FAILED"));
    }

    @Test
    void afterThePause_oneVmTriesTheImage_andTheOthersWaitForIt() {
        failedThreeTimes("n1", IMAGE, 86_400);
        failedThreeTimes("n2", IMAGE, 86_400);
        List<VmView> vms = List.of(
                vm(1, LaunchPath.SCHEDULED, PENDING),
                vm(2, LaunchPath.SCHEDULED, PENDING),
                vm(3, LaunchPath.SCHEDULED, PENDING));

        assertThat(plan(vms, List.of()))
                .hasExactlyElementsOfTypes(Decision.RequestLease.class, Decision.Hold.class, Decision.Hold.class);

        List<VmView> later = List.of(
                vm(1, LaunchPath.SCHEDULED, new VmState.Queued(1, leaseId(1))), vm(2, LaunchPath.SCHEDULED, PENDING));
        assertThat(plan(later, List.of(own(1, LaunchPath.SCHEDULED, vmId(1), new LeaseState.Queued("1")))))
                .hasExactlyElementsOfTypes(Decision.Hold.class);
    }

    // --- Static

    @Test
    void staticVm_isNotPlacedOnANodeThatIsShut() {
        failedThreeTimes("n1", "other", 60);
        VmView vm = vm(1, LaunchPath.STATIC, PENDING);

        assertThat(plan(List.of(vm), List.of(pooled(1, active(1))))).isEmpty();
        assertThat(plan(List.of(vm), List.of(pooled(1, active(1)), pooled(2, active(2)))))
                .containsExactly(new Decision.ForVm(vmId(1), new VmEvent.Assigned(leaseId(2))));
    }

    @Test
    void staticVm_ratherGoesWhereItHasNotFailed_evenIfThatIsEmptier() {
        starts.add(new AttemptOutcome(
                NOW.minusSeconds(9), vmId(1), "anemone", "n1", "x", null, ErrorCode.HYPERVISOR_FAILED));
        VmView vm = vm(1, LaunchPath.STATIC, PENDING);

        assertThat(plan(List.of(vm), List.of(pooled(1, active(1, 4, 1024)), pooled(2, active(2, 4, 4096)))))
                .containsExactly(new Decision.ForVm(vmId(1), new VmEvent.Assigned(leaseId(2))));
        assertThat(plan(List.of(vm), List.of(pooled(1, active(1)))))
                .containsExactly(new Decision.ForVm(vmId(1), new VmEvent.Assigned(leaseId(1))));
    }

    @Test
    void halfOpenNode_getsOneVmOfAPlan() {
        failedThreeTimes("n1", "other", 86_400);
        List<VmView> vms = List.of(vm(1, LaunchPath.STATIC, PENDING), vm(2, LaunchPath.STATIC, PENDING));

        assertThat(plan(vms, List.of(pooled(1, active(1)))))
                .containsExactly(new Decision.ForVm(vmId(1), new VmEvent.Assigned(leaseId(1))));
    }

    @Test
    void poolLease_isAskedForElsewhere() {
        failedThreeTimes("n1", "other", 60);
        Snapshot snapshot = new Snapshot(List.of(), List.of(), List.of(pool(1)), null, starts);

        assertThat(new Planner(LIMITS).plan(snapshot, NOW))
                .singleElement()
                .isInstanceOfSatisfying(
                        Decision.RequestPoolLease.class,
                        request -> assertThat(request.spec().avoid()).containsExactly("n1"));
    }

    private List<Decision> plan(List<VmView> vms, List<LeaseView> leases) {
        return new Planner(LIMITS).plan(new Snapshot(vms, leases, List.of(), null, starts), NOW);
    }

    private void failedThreeTimes(String node, @Nullable String image, int secondsAgo) {
        for (String account : List.of("ada", "bob", "ada")) {
            starts.add(new AttemptOutcome(
                    NOW.minusSeconds(secondsAgo), vmId(99), account, node, image, "p", ErrorCode.HYPERVISOR_FAILED));
        }
    }
}
