package io.anemone.core.plan;

import io.anemone.core.lease.LeaseEnd;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.vm.Goal;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.Outcome;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmEvent;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmNeed;
import io.anemone.core.vm.VmSpec;
import io.anemone.core.vm.VmState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds each VM its lease, and tells it when that lease is over. */
final class VmPlanner {

    private final PlannerLimits limits;

    VmPlanner(PlannerLimits limits) {
        this.limits = limits;
    }

    void plan(Snapshot snapshot, Gate gate, Instant now, List<Decision> decisions) {
        Map<LeaseId, LeaseView> leases = new HashMap<>();
        Map<VmId, LeaseView> own = new HashMap<>();
        for (LeaseView lease : snapshot.leases()) {
            leases.put(lease.id(), lease);
            VmId vm = lease.vm();
            if (vm != null) {
                own.put(vm, lease);
            }
        }
        PoolRoom room = new PoolRoom(snapshot);
        for (VmView vm : snapshot.vms()) {
            if (vm.state().phase().terminal()) {
                continue;
            }
            event(vm, leases, own, new Way(room, gate), now).ifPresent(decisions::add);
        }
    }

    private Optional<Decision> event(
            VmView vm, Map<LeaseId, LeaseView> leases, Map<VmId, LeaseView> own, Way way, Instant now) {
        if (vm.goal() == Goal.TERMINATE && !endsForGood(vm.state())) {
            return forVm(vm, new VmEvent.TerminateRequested(StopReason.USER, "Its owner ended it."));
        }
        if (vm.goal() == Goal.SUSPEND && canBeKept(vm)) {
            return forVm(vm, new VmEvent.SuspendRequested());
        }
        LeaseId bound = vm.state().lease();
        if (bound == null) {
            if (vm.state() instanceof VmState.Suspended && vm.goal() == Goal.RUN) {
                return forVm(vm, new VmEvent.ResumeRequested());
            }
            return vm.state() instanceof VmState.Pending pending && !now.isBefore(pending.notBefore())
                    ? launch(vm, own.get(vm.id()), way)
                    : Optional.empty();
        }
        LeaseView lease = leases.get(bound);
        if (lease != null) {
            LeaseEnd end = end(lease.state());
            if (end != null) {
                return forVm(vm, new VmEvent.LeaseOver(bound, end));
            }
            if (vm.state() instanceof VmState.Queued && takesItsVm(lease.state())) {
                return forVm(vm, new VmEvent.Assigned(bound));
            }
        }
        Instant deadline = vm.state().deadline();
        return deadline != null && !now.isBefore(deadline)
                ? forVm(vm, new VmEvent.DeadlineExpired())
                : Optional.empty();
    }

    /** A guest that runs can be saved, and one that does not run yet may have been saved before. */
    private static boolean canBeKept(VmView vm) {
        return switch (vm.state()) {
            case VmState.Running s -> vm.spec().path() != LaunchPath.DIRECT;
            case VmState.Ready s -> vm.spec().path() != LaunchPath.DIRECT;
            case VmState.Pending s -> s.saved() != null;
            case VmState.Queued s -> s.saved() != null;
            case VmState.Placed s -> s.saved() != null;
            case VmState.Preparing s -> s.saved() != null;
            case VmState.Booting s -> s.saved() != null;
            case VmState.Stopping s -> s.then() instanceof Outcome.Retry && s.saved() != null;
            case VmState.Suspending s -> false;
            case VmState.Suspended s -> false;
            case VmState.Stopped s -> false;
            case VmState.Failed s -> false;
        };
    }

    /** What a launch must find open. */
    private record Way(PoolRoom room, Gate gate) {}

    /** The three launch paths differ here and nowhere else. A direct VM has its job already, and no other way. */
    private Optional<Decision> launch(VmView vm, @Nullable LeaseView own, Way way) {
        if (vm.spec().path() == LaunchPath.DIRECT) {
            return own == null ? Optional.empty() : onItsJob(vm, own);
        }
        Optional<String> shut = way.gate().holds(vm.spec());
        return shut.isPresent() ? Optional.of(new Decision.Hold(vm.id(), shut.get())) : anew(vm, way);
    }

    private Optional<Decision> anew(VmView vm, Way way) {
        if (vm.spec().path() == LaunchPath.STATIC) {
            return way.room()
                    .take(vm.id(), vm.spec(), way.gate())
                    .flatMap(lease -> forVm(vm, new VmEvent.Assigned(lease)));
        }
        LeaseSpec spec = leaseFor(vm.spec()).avoiding(way.gate().avoidedBy(vm.id()));
        way.gate().tried(vm.spec(), null);
        return Optional.of(new Decision.RequestLease(vm.id(), spec));
    }

    private static Optional<Decision> onItsJob(VmView vm, LeaseView own) {
        LeaseEnd end = end(own.state());
        if (end != null) {
            return forVm(vm, new VmEvent.LeaseOver(own.id(), end));
        }
        return takesItsVm(own.state()) ? forVm(vm, new VmEvent.Assigned(own.id())) : Optional.empty();
    }

    /** The VM that a DRAINING lease was made for is not a new one: without it the lease would drain for nothing. */
    private static boolean takesItsVm(LeaseState state) {
        return state instanceof LeaseState.Active || state instanceof LeaseState.Draining;
    }

    private static boolean endsForGood(VmState state) {
        return state instanceof VmState.Stopping stopping
                && switch (stopping.then()) {
                    case Outcome.Stop stop -> true;
                    case Outcome.Fail fail -> true;
                    case Outcome.Retry retry -> false;
                    case Outcome.Suspend suspend -> false;
                };
    }

    private LeaseSpec leaseFor(VmSpec spec) {
        Duration walltime = spec.walltime();
        VmNeed need = VmNeed.of(spec);
        boolean wholeNode = spec.options().hardware().wholeNode();
        return new LeaseSpec(
                LaunchPath.SCHEDULED,
                spec.owner(),
                spec.project(),
                spec.partition(),
                null,
                wholeNode ? 0 : need.wholeCores(),
                wholeNode ? 0 : Math.toIntExact(need.memoryMiB()),
                walltime != null ? walltime : limits.defaultWalltime(),
                wholeNode);
    }

    private static @Nullable LeaseEnd end(LeaseState state) {
        return switch (state) {
            case LeaseState.Released released -> released.end();
            case LeaseState.Failed failed -> failed.end();
            case LeaseState.Requested s -> null;
            case LeaseState.Submitting s -> null;
            case LeaseState.Queued s -> null;
            case LeaseState.Starting s -> null;
            case LeaseState.Active s -> null;
            case LeaseState.Draining s -> null;
            case LeaseState.Releasing s -> null;
        };
    }

    private static Optional<Decision> forVm(VmView vm, VmEvent event) {
        return Optional.of(new Decision.ForVm(vm.id(), event));
    }
}
