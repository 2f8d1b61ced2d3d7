package io.anemone.core.audit;

import io.anemone.core.lease.Grant;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.plan.LeaseView;
import io.anemone.core.vm.VmSize;
import io.anemone.core.vm.VmState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the VMs on a lease need against what it grants: I6. */
final class GrantCheck implements Check {

    private record Need(long cores, long memoryMiB) {
        Need plus(Need other) {
            return new Need(cores + other.cores, memoryMiB + other.memoryMiB);
        }
    }

    @Override
    public List<Suspicion> of(Facts facts, Instant now) {
        Map<LeaseId, Need> needs = new HashMap<>();
        facts.snapshot().vms().forEach(vm -> {
            if (vm.state() instanceof VmState.OnLease on) {
                VmSize size = vm.spec().size();
                needs.merge(on.lease(), new Need(size.vcpus(), size.memoryMiB()), Need::plus);
            }
        });
        List<Suspicion> found = new ArrayList<>();
        for (LeaseView lease : facts.snapshot().leases()) {
            Grant grant = grant(lease.state());
            Need need = needs.get(lease.id());
            if (grant != null && need != null && (need.cores > grant.cores() || need.memoryMiB > grant.memoryMiB())) {
                found.add(oversold(lease.id(), need, grant));
            }
        }
        return found;
    }

    private static Suspicion oversold(LeaseId lease, Need need, Grant grant) {
        return new Suspicion(
                Invariant.I6,
                List.of(Subject.of(lease)),
                "Its VMs need " + need.cores + " cores and " + need.memoryMiB + " MiB, and it grants " + grant.cores()
                        + " and " + grant.memoryMiB() + ".",
                null,
                Duration.ZERO,
                new Healing.Operator());
    }

    private static @Nullable Grant grant(LeaseState state) {
        return switch (state) {
            case LeaseState.Active active -> active.grant();
            case LeaseState.Draining draining -> draining.grant();
            case LeaseState.Requested s -> null;
            case LeaseState.Submitting s -> null;
            case LeaseState.Queued s -> null;
            case LeaseState.Starting s -> null;
            case LeaseState.Releasing s -> null;
            case LeaseState.Released s -> null;
            case LeaseState.Failed s -> null;
        };
    }
}
