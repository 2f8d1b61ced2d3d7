package io.anemone.core.audit;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.plan.LeaseView;
import io.anemone.core.plan.VmView;
import io.anemone.core.vm.VmState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whose lease a VM is on: I8. */
final class OwnerCheck implements Check {

    @Override
    public List<Suspicion> of(Facts facts, Instant now) {
        Map<LeaseId, LeaseView> leases = new HashMap<>();
        facts.snapshot().leases().forEach(lease -> leases.put(lease.id(), lease));
        return facts.snapshot().vms().stream()
                .filter(vm -> vm.state() instanceof VmState.OnLease on
                        && leases.get(on.lease()) instanceof LeaseView lease
                        && !belongs(vm, lease))
                .map(vm -> foreign(vm, ((VmState.OnLease) vm.state()).lease()))
                .toList();
    }

    private static boolean belongs(VmView vm, LeaseView lease) {
        return switch (vm.spec().path()) {
            case STATIC -> lease.spec().pool() != null;
            case SCHEDULED, DIRECT ->
                vm.id().equals(lease.vm())
                        && vm.spec().owner().equals(lease.spec().owner());
        };
    }

    private static Suspicion foreign(VmView vm, LeaseId lease) {
        return new Suspicion(
                Invariant.I8,
                List.of(Subject.of(vm.id()), Subject.of(lease)),
                "The VM of " + vm.spec().owner() + " is on a lease that is not for it.",
                null,
                Duration.ZERO,
                new Healing.Operator());
    }
}
