package io.anemone.core.plan;

import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.lease.PoolSpec;
import io.anemone.core.lease.ReleaseCause;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.VmState;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Keeps each pool at its size: asks for missing leases, renews those near their end, gives back what is too much. */
final class PoolPlanner {

    private final PlannerLimits limits;

    PoolPlanner(PlannerLimits limits) {
        this.limits = limits;
    }

    void plan(Snapshot snapshot, Gate gate, Instant now, List<Decision> decisions) {
        Set<LeaseId> inUse = new HashSet<>();
        snapshot.vms().stream()
                .filter(vm -> vm.state() instanceof VmState.OnLease)
                .forEach(vm -> inUse.add(((VmState.OnLease) vm.state()).lease()));
        for (PoolView pool : snapshot.pools()) {
            plan(pool, leasesOf(pool.spec(), snapshot), inUse, gate.shutNodes(), now, decisions);
        }
    }

    private void plan(
            PoolView pool,
            List<LeaseView> leases,
            Set<LeaseId> inUse,
            Set<String> avoid,
            Instant now,
            List<Decision> decisions) {
        PoolSpec spec = pool.spec();
        List<LeaseView> lasting =
                leases.stream().filter(lease -> lasts(lease, spec, now)).toList();
        for (LeaseView lease : leases) {
            boolean draining = lease.state() instanceof LeaseState.Draining;
            boolean ending = lease.state() instanceof LeaseState.Active && !lasts(lease, spec, now);
            if (draining && !inUse.contains(lease.id())) {
                decisions.add(release(lease));
            } else if (ending && lasting.stream().anyMatch(l -> l.state() instanceof LeaseState.Active)) {
                decisions.add(drain(lease, "near its end; its successor is ACTIVE"));
            }
        }
        surplus(lasting, spec.leases(), inUse).forEach(decisions::add);
        boolean pause =
                pool.lastFailure() != null && now.isBefore(pool.lastFailure().plus(limits.poolRetry()));
        for (int i = lasting.size(); i < spec.leases() && !pause; i++) {
            decisions.add(new Decision.RequestPoolLease(leaseOf(spec).avoiding(avoid)));
        }
    }

    /** Those in use last: an idle lease goes first, a used one is drained and never taken from under its VMs. */
    private static List<Decision> surplus(List<LeaseView> lasting, int wanted, Set<LeaseId> inUse) {
        return lasting.stream()
                .sorted(Comparator.comparing((LeaseView lease) -> inUse.contains(lease.id()) ? 0 : 1)
                        .thenComparing(lease -> lease.state() instanceof LeaseState.Active ? 0 : 1))
                .skip(wanted)
                .map(lease -> lease.state() instanceof LeaseState.Active
                        ? drain(lease, "the pool was made smaller")
                        : release(lease))
                .toList();
    }

    private static boolean lasts(LeaseView lease, PoolSpec pool, Instant now) {
        return switch (lease.state()) {
            case LeaseState.Requested s -> true;
            case LeaseState.Submitting s -> true;
            case LeaseState.Queued s -> true;
            case LeaseState.Starting s -> true;
            case LeaseState.Active s -> now.isBefore(s.endsAt().minus(pool.renew()));
            case LeaseState.Draining s -> false;
            case LeaseState.Releasing s -> false;
            case LeaseState.Released s -> false;
            case LeaseState.Failed s -> false;
        };
    }

    private static List<LeaseView> leasesOf(PoolSpec pool, Snapshot snapshot) {
        return snapshot.leases().stream()
                .filter(lease -> pool.name().equals(lease.spec().pool()))
                .toList();
    }

    private LeaseSpec leaseOf(PoolSpec pool) {
        return new LeaseSpec(
                LaunchPath.STATIC,
                limits.serviceUser(),
                null,
                pool.partition(),
                pool.name(),
                0,
                0,
                pool.walltime(),
                true);
    }

    private static Decision drain(LeaseView lease, String message) {
        return new Decision.ForLease(lease.id(), new LeaseEvent.DrainRequested(message));
    }

    private static Decision release(LeaseView lease) {
        return new Decision.ForLease(lease.id(), new LeaseEvent.ReleaseRequested(ReleaseCause.POOL_SHRUNK));
    }
}
