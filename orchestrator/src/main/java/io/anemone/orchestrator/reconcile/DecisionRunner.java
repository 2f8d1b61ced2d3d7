package io.anemone.orchestrator.reconcile;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseMachine;
import io.anemone.core.plan.Decision;
import io.anemone.core.plan.LeaseView;
import io.anemone.core.plan.Planner;
import io.anemone.core.plan.Snapshot;
import io.anemone.core.scheduler.Scheduler;
import io.anemone.core.vm.VmMachine;
import io.anemone.orchestrator.lease.LeaseConfig;
import io.anemone.orchestrator.lease.LeaseStore;
import io.anemone.orchestrator.vm.VmConfig;
import io.anemone.orchestrator.vm.VmStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jboss.logging.Logger;

/** Carries out a plan: each decision by itself, so that one that fails takes no other with it. */
@ApplicationScoped
class DecisionRunner {

    private static final Logger LOG = Logger.getLogger(DecisionRunner.class);

    private final VmStore vms;
    private final LeaseStore leases;
    private final JobConfirmer confirmer;
    private final StrayJobs strays;
    private final WaitReasons reasons;
    private final Holds holds;
    private final VmMachine vmMachine;
    private final LeaseMachine leaseMachine;

    DecisionRunner(
            VmStore vms,
            LeaseStore leases,
            Scheduler scheduler,
            Clock clock,
            ReconcileConfig config,
            VmConfig vmConfig,
            LeaseConfig leaseConfig) {
        this.vms = vms;
        this.leases = leases;
        this.confirmer = new JobConfirmer(scheduler, leases, new Planner(config.limits()), clock);
        this.strays = new StrayJobs(leases, clock);
        this.reasons = new WaitReasons(leases);
        this.holds = new Holds(vms);
        this.vmMachine = new VmMachine(vmConfig.limits());
        this.leaseMachine = new LeaseMachine(leaseConfig.limits());
    }

    void run(Snapshot snapshot, List<Decision> decisions, Instant now) {
        Novelty novelty = new Novelty(snapshot, vmMachine, leaseMachine);
        Map<LeaseId, LeaseView> byId = new HashMap<>();
        snapshot.leases().forEach(lease -> byId.put(lease.id(), lease));
        for (Decision decision : decisions) {
            if (novelty.of(decision, now)) {
                attempt(() -> run(decision, byId), decision);
            }
        }
        attempt(() -> reasons.tell(snapshot), "telling why jobs wait");
        attempt(() -> holds.tell(decisions), "telling why VMs wait");
    }

    private void run(Decision decision, Map<LeaseId, LeaseView> byId) {
        switch (decision) {
            case Decision.ForVm(var vm, var event) -> vms.apply(vm, event, null);
            case Decision.ForLease(var lease, var event) -> leases.apply(lease, event, null);
            case Decision.RequestLease(var vm, var spec) -> vms.requestLease(vm, spec);
            case Decision.RequestPoolLease(var spec) -> leases.request(spec, null);
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
