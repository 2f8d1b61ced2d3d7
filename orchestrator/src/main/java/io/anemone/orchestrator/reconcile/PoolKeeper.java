package io.anemone.orchestrator.reconcile;

import io.anemone.core.plan.Decision;
import io.anemone.core.plan.Planner;
import io.anemone.core.plan.Snapshot;
import io.anemone.orchestrator.breaker.StartStore;
import io.anemone.orchestrator.lease.LeaseQuery;
import io.anemone.orchestrator.lease.LeaseStore;
import io.anemone.orchestrator.pool.PoolStore;
import io.anemone.orchestrator.vm.VmQuery;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;

/**
 * Changes what a pool holds. What was planned from a snapshot may have been done by another orchestrator since, and
 * done twice it would be one lease too many, or a lease taken from under a VM. So the pool is locked, and planned for
 * once more as it stands: that is carried out, in the same transaction.
 */
@ApplicationScoped
class PoolKeeper {

    private final PoolStore pools;
    private final LeaseQuery query;
    private final LeaseStore leases;
    private final VmQuery vms;
    private final StartStore starts;
    private final Planner planner;
    private final Clock clock;

    PoolKeeper(
            PoolStore pools,
            LeaseQuery query,
            LeaseStore leases,
            VmQuery vms,
            StartStore starts,
            Planner planner,
            Clock clock) {
        this.pools = pools;
        this.query = query;
        this.leases = leases;
        this.vms = vms;
        this.starts = starts;
        this.planner = planner;
        this.clock = clock;
    }

    @Transactional
    void keep(String name) {
        pools.locked(name).ifPresent(pool -> {
            var held = query.lockedOf(name);
            Snapshot asItStands = new Snapshot(vms.viewsIn(name), held, List.of(pool), null, starts.recent());
            planner.pools(asItStands, clock.instant()).forEach(this::carryOut);
        });
    }

    private void carryOut(Decision decision) {
        switch (decision) {
            case Decision.RequestPoolLease(var spec) -> leases.request(spec, null);
            case Decision.ForLease(var lease, var event) -> leases.apply(lease, event, null);
            case Decision.ForVm d -> throw notOfAPool(d);
            case Decision.RequestLease d -> throw notOfAPool(d);
            case Decision.Hold d -> throw notOfAPool(d);
            case Decision.ConfirmJob d -> throw notOfAPool(d);
            case Decision.CancelStray d -> throw notOfAPool(d);
        }
    }

    private static IllegalStateException notOfAPool(Decision decision) {
        return new IllegalStateException("not for a pool to decide: " + decision);
    }
}
