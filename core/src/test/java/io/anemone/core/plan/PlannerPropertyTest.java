package io.anemone.core.plan;

import static io.anemone.core.plan.PlanFixtures.NOW;
import static io.anemone.core.plan.PlanFixtures.leaseId;
import static io.anemone.core.plan.PlanFixtures.vmId;
import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.lease.Grant;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.scheduler.JobListing;
import io.anemone.core.vm.Goal;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.Phase;
import io.anemone.core.vm.VmEvent;
import io.anemone.core.vm.VmFixtures;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmLimits;
import io.anemone.core.vm.VmMachine;
import io.anemone.core.vm.VmNeed;
import io.anemone.core.vm.VmSpec;
import io.anemone.core.vm.VmState;
import io.anemone.core.vm.VmStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What holds for every plan, whatever the site looks like. */
class PlannerPropertyTest {

    record Machine(int cores, int memoryMiB, boolean drains) {}

    record Wish(int vcpus, int memoryMiB, int placedOn) {}

    /** I6, for what the planner itself adds: it never sells what a lease does not have. */
    @Property
    void room_isNeverOversold(
            @ForAll("machines") @Size(max = 6) List<Machine> machines,
            @ForAll("wishes") @Size(max = 30) List<Wish> wishes) {
        Snapshot snapshot = poolSnapshot(machines, wishes);
        Map<LeaseId, Integer> cores = new HashMap<>();
        Map<LeaseId, Integer> memory = new HashMap<>();
        snapshot.vms().forEach(vm -> {
            LeaseId lease = vm.state().lease();
            if (lease != null) {
                add(cores, memory, lease, vm.spec());
            }
        });
        List<LeaseId> before = oversold(snapshot, cores, memory);

        Map<VmId, Integer> times = new HashMap<>();
        for (Decision decision : PlanFixtures.plan(snapshot)) {
            if (decision instanceof Decision.ForVm(VmId vm, VmEvent.Assigned(LeaseId lease))) {
                assertThat(before).as("already full").doesNotContain(lease);
                times.merge(vm, 1, Integer::sum);
                add(cores, memory, lease, view(snapshot, vm).spec());
            }
        }

        assertThat(oversold(snapshot, cores, memory)).isEqualTo(before);
        assertThat(times.values()).allMatch(count -> count == 1);
    }

    /** I5: what the scheduler did not tell of makes the planner ask, and nothing else. */
    @Property
    void noObservationMissing_everKills(
            @ForAll("sites") Snapshot site, @ForAll boolean complete, @ForAll @IntRange(min = -7200, max = 0) int age) {
        List<Decision> blind = PlanFixtures.plan(with(site, null));
        List<Decision> empty = PlanFixtures.plan(with(site, new JobListing(NOW.plusSeconds(age), complete, List.of())));

        List<Decision> more = new ArrayList<>(empty);
        more.removeAll(blind);
        assertThat(empty).containsAll(blind);
        assertThat(more).allMatch(decision -> decision instanceof Decision.ConfirmJob);
        if (!complete) {
            assertThat(more).isEmpty();
        }
    }

    /** I5 again: without a word of the scheduler only wishes, ends already known and deadlines move anything. */
    @Property
    void withoutAnyObservation_noLiveVmIsEnded(@ForAll("sites") Snapshot site) {
        for (Decision decision : PlanFixtures.plan(with(site, null))) {
            if (decision instanceof Decision.ForVm(VmId id, VmEvent event)) {
                VmView vm = view(site, id);
                switch (event) {
                    case VmEvent.TerminateRequested e -> assertThat(vm.goal()).isEqualTo(Goal.TERMINATE);
                    case VmEvent.DeadlineExpired e ->
                        assertThat(vm.state().deadline()).isNotNull().isBeforeOrEqualTo(NOW);
                    case VmEvent.LeaseOver e ->
                        assertThat(lease(site, e.lease()).state().phase().terminal())
                                .isTrue();
                    case VmEvent.Assigned e -> assertThat(vm.state().phase()).isIn(Phase.PENDING, Phase.QUEUED);
                    case VmEvent.SuspendRequested e -> assertThat(vm.goal()).isEqualTo(Goal.SUSPEND);
                    case VmEvent.ResumeRequested e -> {
                        assertThat(vm.goal()).isEqualTo(Goal.RUN);
                        assertThat(vm.state().phase()).isEqualTo(Phase.SUSPENDED);
                    }
                    case VmEvent.AttemptSuspended e -> unexpected(event);
                    case VmEvent.SuspendFailed e -> unexpected(event);
                    case VmEvent.LeaseRequested e -> unexpected(event);
                    case VmEvent.Progressed e -> unexpected(event);
                    case VmEvent.AttemptEnded e -> unexpected(event);
                    case VmEvent.AttemptFailed e -> unexpected(event);
                    case VmEvent.Refused e -> unexpected(event);
                }
            }
        }
    }

    /** I1: of what the planner decides, only the known end of its lease makes a placed attempt give way to another. */
    @Property
    void neverTwoLiveAttempts(@ForAll("sites") Snapshot site) {
        VmMachine machine = new VmMachine(VmLimits.DEFAULT);
        for (Decision decision : PlanFixtures.plan(site)) {
            if (decision instanceof Decision.ForVm(VmId id, VmEvent event)
                    && view(site, id).state() instanceof VmState.OnLease placed
                    && machine.apply(view(site, id).spec(), placed, event, NOW) instanceof VmStep.Moved moved
                    && !(moved.next() instanceof VmState.OnLease)) {
                assertThat(event).isInstanceOf(VmEvent.LeaseOver.class);
                assertThat(lease(site, placed.lease()).state().phase().terminal())
                        .isTrue();
            }
            if (decision instanceof Decision.RequestLease(VmId id, LeaseSpec spec)) {
                assertThat(view(site, id).state().phase()).isEqualTo(Phase.PENDING);
            }
        }
    }

    /** I7: while everybody does their part, nothing stays on its way. */
    @Property
    void everyRunOfFairSteps_endsInAStablePhase(@ForAll("sites") Snapshot anySite) {
        FairSite site = new FairSite(anySite, NOW);

        for (int round = 0; round < 20; round++) {
            site.round();
        }

        assertThat(site.vms()).allMatch(FairSite::stable);
        assertThat(site.leases()).allMatch(lease -> switch (lease.state().phase()) {
            case ACTIVE, DRAINING, RELEASED, FAILED -> true;
            case REQUESTED, SUBMITTING, QUEUED, STARTING, RELEASING -> false;
        });
    }

    @Property
    void sameSnapshot_givesTheSamePlan(@ForAll("sites") Snapshot site) {
        Snapshot copy = new Snapshot(
                new ArrayList<>(site.vms()),
                new ArrayList<>(site.leases()),
                new ArrayList<>(site.pools()),
                site.jobs());

        assertThat(PlanFixtures.plan(copy)).isEqualTo(PlanFixtures.plan(site));
    }

    /** A VM gets one event of a plan, so that no second one acts on a state that the first has changed. */
    @Property
    void everyVm_isDecidedOnAtMostOnce(@ForAll("sites") Snapshot site) {
        List<VmId> decided = PlanFixtures.plan(site).stream()
                .flatMap(decision -> switch (decision) {
                    case Decision.ForVm forVm -> List.of(forVm.vm()).stream();
                    case Decision.RequestLease request -> List.of(request.vm()).stream();
                    case Decision.Hold hold -> List.of(hold.vm()).stream();
                    case Decision.ForLease forLease -> List.<VmId>of().stream();
                    case Decision.RequestPoolLease request -> List.<VmId>of().stream();
                    case Decision.ConfirmJob confirm -> List.<VmId>of().stream();
                    case Decision.CancelStray cancel -> List.<VmId>of().stream();
                })
                .toList();

        assertThat(decided).doesNotHaveDuplicates();
    }

    // --- Sites

    @Provide
    Arbitrary<List<Machine>> machines() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 16),
                        Arbitraries.integers().between(64, 8192),
                        Arbitraries.of(false, false, true))
                .as(Machine::new)
                .list();
    }

    @Provide
    Arbitrary<List<Wish>> wishes() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 8),
                        Arbitraries.integers().between(64, 4096),
                        Arbitraries.integers().between(-6, 6))
                .as(Wish::new)
                .list();
    }

    @Provide
    Arbitrary<Snapshot> sites() {
        return AnySite.snapshots();
    }

    private static Snapshot poolSnapshot(List<Machine> machines, List<Wish> wishes) {
        List<LeaseView> leases = new ArrayList<>();
        for (int i = 0; i < machines.size(); i++) {
            Machine m = machines.get(i);
            Grant grant = new Grant(m.cores(), m.memoryMiB());
            LeaseState state = m.drains()
                    ? new LeaseState.Draining("" + i, "n", NOW.plus(Duration.ofHours(8)), grant)
                    : new LeaseState.Active("" + i, "n", NOW.plus(Duration.ofHours(8)), grant);
            leases.add(PlanFixtures.pooled(i, state));
        }
        List<VmView> vms = new ArrayList<>();
        for (int i = 0; i < wishes.size(); i++) {
            Wish wish = wishes.get(i);
            boolean placed = wish.placedOn() >= 0 && wish.placedOn() < machines.size();
            VmState state = placed ? new VmState.Ready(1, leaseId(wish.placedOn()), null) : new VmState.Pending(1, NOW);
            vms.add(new VmView(
                    vmId(i), VmFixtures.spec(LaunchPath.STATIC, wish.vcpus(), wish.memoryMiB()), Goal.RUN, state));
        }
        return new Snapshot(vms, leases, List.of(), null);
    }

    private static List<LeaseId> oversold(
            Snapshot snapshot, Map<LeaseId, Integer> cores, Map<LeaseId, Integer> memory) {
        return snapshot.leases().stream()
                .filter(lease -> {
                    Grant grant = grant(lease.state());
                    return cores.getOrDefault(lease.id(), 0) > grant.cores()
                            || memory.getOrDefault(lease.id(), 0) > grant.memoryMiB();
                })
                .map(LeaseView::id)
                .toList();
    }

    private static Grant grant(LeaseState state) {
        return switch (state) {
            case LeaseState.Active active -> active.grant();
            case LeaseState.Draining draining -> draining.grant();
            case LeaseState.Requested s -> new Grant(0, 0);
            case LeaseState.Submitting s -> new Grant(0, 0);
            case LeaseState.Queued s -> new Grant(0, 0);
            case LeaseState.Starting s -> new Grant(0, 0);
            case LeaseState.Releasing s -> new Grant(0, 0);
            case LeaseState.Released s -> new Grant(0, 0);
            case LeaseState.Failed s -> new Grant(0, 0);
        };
    }

    private static void add(Map<LeaseId, Integer> cores, Map<LeaseId, Integer> memory, LeaseId lease, VmSpec spec) {
        VmNeed need = VmNeed.of(spec);
        cores.merge(lease, need.wholeCores(), Integer::sum);
        memory.merge(lease, (int) need.memoryMiB(), Integer::sum);
    }

    private static VmView view(Snapshot snapshot, VmId id) {
        return snapshot.vms().stream()
                .filter(vm -> vm.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static LeaseView lease(Snapshot snapshot, LeaseId id) {
        return snapshot.leases().stream()
                .filter(lease -> lease.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Snapshot with(Snapshot site, @Nullable JobListing jobs) {
        return new Snapshot(site.vms(), site.leases(), site.pools(), jobs);
    }

    private static void unexpected(VmEvent event) {
        throw new AssertionError("the planner has no business with " + event);
    }
}
