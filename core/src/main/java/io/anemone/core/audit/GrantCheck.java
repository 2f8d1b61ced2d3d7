package io.anemone.core.audit;

import io.anemone.core.lease.Grant;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.plan.LeaseView;
import io.anemone.core.vm.VmNeed;
import io.anemone.core.vm.VmState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the VMs on a lease need against what it grants: I6. */
final class GrantCheck implements Check {

    @Override
    public List<Suspicion> of(Facts facts, Instant now) {
        Map<LeaseId, Grant> grants = new HashMap<>();
        facts.snapshot().leases().forEach(lease -> {
            Grant grant = lease.state().grant();
            if (grant != null) {
                grants.put(lease.id(), grant);
            }
        });
        Map<LeaseId, VmNeed> needs = new HashMap<>();
        facts.snapshot().vms().forEach(vm -> {
            Grant grant = vm.state() instanceof VmState.OnLease on ? grants.get(on.lease()) : null;
            if (grant != null) {
                needs.merge(Objects.requireNonNull(vm.state().lease()), VmNeed.on(grant, vm.spec()), VmNeed::plus);
            }
        });
        List<Suspicion> found = new ArrayList<>();
        for (LeaseView lease : facts.snapshot().leases()) {
            Grant grant = grants.get(lease.id());
            VmNeed need = needs.get(lease.id());
            if (grant != null && need != null && !need.fits(grant)) {
                found.add(oversold(lease.id(), need, grant));
            }
        }
        return found;
    }

    private static Suspicion oversold(LeaseId lease, VmNeed need, Grant grant) {
        return new Suspicion(
                Invariant.I6,
                List.of(Subject.of(lease)),
                "Its VMs need " + need.wholeCores() + " cores and " + need.memoryMiB() + " MiB, and it grants "
                        + grant.cores() + " and " + grant.memoryMiB() + ".",
                null,
                Duration.ZERO,
                new Healing.Operator());
    }
}
