package io.anemone.core.plan;

import io.anemone.core.lease.Grant;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmNeed;
import io.anemone.core.vm.VmSpec;
import io.anemone.core.vm.VmState;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is free on the ACTIVE leases of the pools; taking from it is seen by the next VM of the same plan. */
final class PoolRoom {

    private static final class Free {
        private final LeaseView lease;
        private final String node;
        private final Grant grant;
        private VmNeed used = VmNeed.NONE;

        private Free(LeaseView lease, LeaseState.Active active) {
            this.lease = lease;
            this.node = active.node();
            this.grant = active.grant();
        }

        private String node() {
            return node;
        }

        private boolean inPool(@Nullable String pool) {
            return lease.spec().pool() != null && lease.spec().pool().equals(pool);
        }

        private boolean fits(VmSpec spec) {
            return used.leavesRoomFor(spec, grant);
        }

        private void take(VmSpec spec) {
            used = used.plus(VmNeed.on(grant, spec));
        }

        private long freeMiB() {
            return grant.memoryMiB() - used.memoryMiB();
        }
    }

    private final Map<LeaseId, Free> free = new LinkedHashMap<>();

    PoolRoom(Snapshot snapshot) {
        for (LeaseView lease : snapshot.leases()) {
            if (lease.spec().pool() != null && lease.state() instanceof LeaseState.Active active) {
                free.put(lease.id(), new Free(lease, active));
            }
        }
        for (VmView vm : snapshot.vms()) {
            if (vm.state() instanceof VmState.OnLease placed) {
                Free lease = free.get(placed.lease());
                if (lease != null) {
                    lease.take(vm.spec());
                }
            }
        }
    }

    /**
     * The fullest lease that still fits, so that large room stays for large VMs; one on a node that has failed the VM
     * before only if there is no other.
     */
    Optional<LeaseId> take(VmId vm, VmSpec spec, Gate gate) {
        Comparator<Free> order = Comparator.comparing((Free candidate) -> gate.hasFailed(vm, candidate.node()))
                .thenComparing(Free::freeMiB);
        Optional<Free> best = free.values().stream()
                .filter(candidate -> candidate.inPool(spec.pool()) && candidate.fits(spec))
                .filter(candidate -> gate.lets(candidate.node()))
                .min(order);
        best.ifPresent(lease -> {
            lease.take(spec);
            gate.tried(spec, lease.node());
        });
        return best.map(lease -> lease.lease.id());
    }
}
