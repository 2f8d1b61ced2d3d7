package io.anemone.core.plan;

import static io.anemone.core.plan.PlanFixtures.LIMITS;
import static io.anemone.core.plan.PlanFixtures.NOW;
import static io.anemone.core.plan.PlanFixtures.active;
import static io.anemone.core.plan.PlanFixtures.draining;
import static io.anemone.core.plan.PlanFixtures.leaseId;
import static io.anemone.core.plan.PlanFixtures.pool;
import static io.anemone.core.plan.PlanFixtures.pooled;
import static io.anemone.core.plan.PlanFixtures.readyOn;
import static io.anemone.core.plan.PlanFixtures.released;
import static io.anemone.core.plan.PlanFixtures.releasing;
import static io.anemone.core.plan.PlanFixtures.vm;
import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.lease.Grant;
import io.anemone.core.lease.LeaseEnd;
import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.lease.ReleaseCause;
import io.anemone.core.vm.LaunchPath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolPlannerTest {

    private static final LeaseState QUEUED = new LeaseState.Queued("9");

    @Test
    void emptyPool_asksForAsManyLeasesAsItShallHold() {
        List<Decision> decisions = plan(pool(3), List.of());

        assertThat(decisions)
                .hasSize(3)
                .allSatisfy(decision -> assertThat(decision)
                        .isInstanceOfSatisfying(Decision.RequestPoolLease.class, request -> {
                            assertThat(request.spec().owner()).isEqualTo(LIMITS.serviceUser());
                            assertThat(request.spec().path()).isEqualTo(LaunchPath.STATIC);
                            assertThat(request.spec().pool()).isEqualTo("default");
                            assertThat(request.spec().exclusive()).isTrue();
                            assertThat(request.spec().walltime()).isEqualTo(Duration.ofHours(8));
                        }));
    }

    @Test
    void leasesOnTheirWay_areCounted() {
        List<LeaseView> leases =
                List.of(pooled(1, new LeaseState.Requested()), pooled(2, QUEUED), pooled(3, active(3)));

        assertThat(requests(pool(3), leases)).isZero();
    }

    @Test
    void leasesThatEnd_areReplaced() {
        List<LeaseView> leases = List.of(
                pooled(1, draining(1)), pooled(2, releasing(2)), pooled(3, released(3, LeaseEnd.Cause.CANCELLED)));

        assertThat(requests(pool(3), leases)).isEqualTo(3);
    }

    @Test
    void leaseOfAnotherPool_isNotCounted() {
        LeaseView other = PlanFixtures.own(1, LaunchPath.SCHEDULED, null, active(1));

        assertThat(requests(pool(1), List.of(other))).isEqualTo(1);
    }

    @Test
    void emptiedPool_asksForNothing() {
        assertThat(plan(pool(0), List.of())).isEmpty();
    }

    // --- Renewal

    @Test
    void leaseNearItsEnd_getsASuccessor_andServesOnUntilThatIsActive() {
        LeaseView ending = pooled(1, endingAt(NOW.plus(Duration.ofMinutes(30))));

        assertThat(requests(pool(1), List.of(ending))).isEqualTo(1);
        assertThat(plan(pool(1), List.of(ending, pooled(2, QUEUED)))).isEmpty();
        assertThat(plan(pool(1), List.of(ending, pooled(2, active(2)))))
                .singleElement()
                .satisfies(PoolPlannerTest::drainsFirst);
    }

    @Test
    void leaseJustOutsideItsRenewal_stays() {
        LeaseView lease = pooled(1, endingAt(NOW.plus(Duration.ofMinutes(30)).plusMillis(1)));

        assertThat(plan(pool(1), List.of(lease))).isEmpty();
    }

    @Test
    void drainedLease_isGivenBackWhenItsLastVmIsGone() {
        Snapshot used = snapshot(pool(0), List.of(pooled(1, draining(1))), vm(1, LaunchPath.STATIC, readyOn(1)));

        assertThat(PlanFixtures.plan(used)).isEmpty();
        assertThat(plan(pool(0), List.of(pooled(1, draining(1))))).containsExactly(release(1));
    }

    // --- Surplus

    @Test
    void shrunkPool_givesUpWhatIsNotThereYet_first() {
        assertThat(plan(pool(1), List.of(pooled(1, active(1)), pooled(2, QUEUED))))
                .containsExactly(release(2));
    }

    @Test
    void shrunkPool_drainsTheIdleLease_andNeverTakesOneFromUnderItsVms() {
        Snapshot snapshot = snapshot(
                pool(1), List.of(pooled(1, active(1)), pooled(2, active(2))), vm(1, LaunchPath.STATIC, readyOn(2)));

        assertThat(PlanFixtures.plan(snapshot)).singleElement().satisfies(PoolPlannerTest::drainsFirst);
    }

    @Test
    void poolShrunkToNothing_drainsEvenUsedLeases_andReleasesNone() {
        Snapshot snapshot = snapshot(pool(0), List.of(pooled(1, active(1))), vm(1, LaunchPath.STATIC, readyOn(1)));

        assertThat(PlanFixtures.plan(snapshot)).singleElement().satisfies(PoolPlannerTest::drainsFirst);
    }

    // --- Failures

    @Test
    void afterAFailedLease_thePoolPauses() {
        Instant justNow = NOW.minus(LIMITS.poolRetry()).plusMillis(1);
        Instant longAgo = NOW.minus(LIMITS.poolRetry());

        assertThat(plan(new PoolView(pool(1).spec(), justNow), List.of())).isEmpty();
        assertThat(plan(new PoolView(pool(1).spec(), longAgo), List.of())).hasSize(1);
    }

    private static void drainsFirst(Decision decision) {
        assertThat(decision).isInstanceOfSatisfying(Decision.ForLease.class, drain -> {
            assertThat(drain.lease()).isEqualTo(leaseId(1));
            assertThat(drain.event()).isInstanceOf(LeaseEvent.DrainRequested.class);
        });
    }

    private static Decision release(int lease) {
        return new Decision.ForLease(leaseId(lease), new LeaseEvent.ReleaseRequested(ReleaseCause.POOL_SHRUNK));
    }

    private static LeaseState endingAt(Instant endsAt) {
        return new LeaseState.Active("1", "n1", endsAt, new Grant(4, 4096));
    }

    private static long requests(PoolView pool, List<LeaseView> leases) {
        return plan(pool, leases).stream()
                .filter(decision -> decision instanceof Decision.RequestPoolLease)
                .count();
    }

    private static List<Decision> plan(PoolView pool, List<LeaseView> leases) {
        return PlanFixtures.plan(snapshot(pool, leases));
    }

    private static Snapshot snapshot(PoolView pool, List<LeaseView> leases, VmView... vms) {
        return new Snapshot(List.of(vms), leases, List.of(pool), null);
    }
}
