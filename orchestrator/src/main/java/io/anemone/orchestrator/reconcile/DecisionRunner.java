package io.anemone.orchestrator.reconcile;

import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseMachine;
import io.anemone.core.lease.ReleaseCause;
import io.anemone.core.plan.Decision;
import io.anemone.core.plan.LeaseView;
import io.anemone.core.plan.Snapshot;
import io.anemone.core.vm.VmMachine;
import io.anemone.orchestrator.lease.LeaseConfig;
import io.anemone.orchestrator.lease.LeaseStore;
import io.anemone.orchestrator.vm.VmConfig;
import io.anemone.orchestrator.vm.VmStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a plan: each decision by itself, so that one that fails takes no other with it. Another orchestrator may
 * carry out the same plan: each transaction sees for itself, under a lock, whether its decision still holds.
 */
@ApplicationScoped
class DecisionRunner {

    private static final Logger LOG = Logger.getLogger(DecisionRunner.class);

    /** What is older was planned before this process was frozen, or is so much that the rest is better planned anew. */
    private static final Duration OLD = Duration.ofSeconds(5);

    private final VmStore vms;
    private final LeaseStore leases;
    private final PoolKeeper pools;
    private final JobConfirmer confirmer;
    private final StrayJobs strays;
    private final Clock clock;
    private final WaitReasons reasons;
    private final Holds holds;
    private final VmMachine vmMachine;
    private final LeaseMachine leaseMachine;

    DecisionRunner(
            VmStore vms,
            LeaseStore leases,
            PoolKeeper pools,
            JobConfirmer confirmer,
            Clock clock,
            VmConfig vmConfig,
            LeaseConfig leaseConfig) {
        this.vms = vms;
        this.leases = leases;
        this.pools = pools;
        this.confirmer = confirmer;
        this.clock = clock;
        this.strays = new StrayJobs(leases, clock);
        this.reasons = new WaitReasons(leases);
        this.holds = new Holds(vms);
        this.vmMachine = new VmMachine(vmConfig.limits());
        this.leaseMachine = new LeaseMachine(leaseConfig.limits());
    }

    /** @param now when the plan was made */
    void run(Snapshot snapshot, List<Decision> decisions, Instant now) {
        Novelty novelty = new Novelty(snapshot, vmMachine, leaseMachine);
        Map<LeaseId, LeaseView> byId = new HashMap<>();
        snapshot.leases().forEach(lease -> byId.put(lease.id(), lease));
        Set<String> changedPools = new LinkedHashSet<>();
        for (Decision decision : decisions) {
            if (now.plus(OLD).isBefore(clock.instant())) {
                LOG.infof("the rest of a plan is dropped: it is older than %s", OLD);
                return;
            }
            if (novelty.of(decision, now)) {
                String pool = poolOf(decision, byId);
                if (pool == null) {
                    attempt(() -> run(decision, byId), decision);
                } else if (changedPools.add(pool)) {
                    attempt(() -> pools.keep(pool), decision);
                }
            }
        }
        attempt(() -> reasons.tell(snapshot), "telling why jobs wait");
        attempt(() -> holds.tell(decisions), "telling why VMs wait");
    }

    /** The pool whose leases this would change; null for all else. */
    private static @Nullable String poolOf(Decision decision, Map<LeaseId, LeaseView> leases) {
        return switch (decision) {
            case Decision.RequestPoolLease(var spec) -> spec.pool();
            case Decision.ForLease(var lease, var event) -> shrinks(event) ? poolOf(leases.get(lease)) : null;
            case Decision.ForVm d -> null;
            case Decision.RequestLease d -> null;
            case Decision.Hold d -> null;
            case Decision.ConfirmJob d -> null;
            case Decision.CancelStray d -> null;
        };
    }

    private static @Nullable String poolOf(@Nullable LeaseView lease) {
        return lease == null ? null : lease.spec().pool();
    }

    private static boolean shrinks(LeaseEvent event) {
        return event instanceof LeaseEvent.DrainRequested
                || event instanceof LeaseEvent.ReleaseRequested(ReleaseCause cause)
                        && cause == ReleaseCause.POOL_SHRUNK;
    }

    private void run(Decision decision, Map<LeaseId, LeaseView> byId) {
        switch (decision) {
            case Decision.ForVm(var vm, var event) -> vms.apply(vm, event, null);
            case Decision.ForLease(var lease, var event) -> leases.apply(lease, event, null);
            case Decision.RequestLease(var vm, var spec) -> vms.requestLease(vm, spec);
            case Decision.RequestPoolLease d -> throw new IllegalStateException("only its pool's keeper does this");
            case Decision.ConfirmJob(var lease, var jobId) ->
                confirmer.confirm(Objects.requireNonNull(byId.get(lease)), jobId);
            case Decision.Hold hold -> {}
            case Decision.CancelStray stray -> strays.cancel(stray);
        }
    }

    private static void attempt(Runnable work, Object what) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "not carried out, the next tick tries again: %s", what);
        }
    }
}
