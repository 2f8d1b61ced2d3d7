package io.anemone.orchestrator.reconcile;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseMachine;
import io.anemone.core.lease.LeaseStep;
import io.anemone.core.plan.Decision;
import io.anemone.core.plan.LeaseView;
import io.anemone.core.plan.Snapshot;
import io.anemone.core.plan.VmView;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmMachine;
import io.anemone.core.vm.VmStep;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells which decisions would move anything, by asking the machines about the snapshot's states: each listing says the
 * same of nearly all leases, and what says nothing new needs no transaction.
 */
final class Novelty {

    private final Map<VmId, VmView> vms = new HashMap<>();
    private final Map<LeaseId, LeaseView> leases = new HashMap<>();
    private final VmMachine vmMachine;
    private final LeaseMachine leaseMachine;

    Novelty(Snapshot snapshot, VmMachine vmMachine, LeaseMachine leaseMachine) {
        snapshot.vms().forEach(vm -> vms.put(vm.id(), vm));
        snapshot.leases().forEach(lease -> leases.put(lease.id(), lease));
        this.vmMachine = vmMachine;
        this.leaseMachine = leaseMachine;
    }

    boolean of(Decision decision, Instant now) {
        return switch (decision) {
            case Decision.ForVm(VmId id, var event) -> {
                VmView vm = vms.get(id);
                yield vm == null || vmMachine.apply(vm.spec(), vm.state(), event, now) instanceof VmStep.Moved;
            }
            case Decision.ForLease(LeaseId id, var event) -> {
                LeaseView lease = leases.get(id);
                yield lease == null || leaseMachine.apply(lease.state(), event, now) instanceof LeaseStep.Moved;
            }
            case Decision.RequestLease d -> true;
            case Decision.RequestPoolLease d -> true;
            case Decision.Hold d -> true;
            case Decision.ConfirmJob d -> true;
            case Decision.CancelStray d -> true;
        };
    }
}
