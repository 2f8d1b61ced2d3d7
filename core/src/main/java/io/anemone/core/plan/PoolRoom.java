package io.anemone.core.plan;

import io.anemone.core.lease.Grant;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.vm.VmSize;
import io.anemone.core.vm.VmSpec;
import io.anemone.core.vm.VmState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is free on the ACTIVE leases of the pools; taking from it is seen by the next VM of the same plan. */
final class PoolRoom {

    private static final class Free {
        private final LeaseView lease;
        private int cores;
        private int memoryMiB;

        private Free(LeaseView lease, Grant grant) {
            this.lease = lease;
            this.cores = grant.cores();
            this.memoryMiB = grant.memoryMiB();
        }

        private boolean fits(VmSize size) {
            return size.vcpus() <= cores && size.memoryMiB() <= memoryMiB;
        }

        private void take(VmSize size) {
            cores -= size.vcpus();
            memoryMiB -= size.memoryMiB();
        }
    }

    private final Map<LeaseId, Free> free = new LinkedHashMap<>();

    PoolRoom(Snapshot snapshot) {
        for (LeaseView lease : snapshot.leases()) {
            if (lease.spec().pool() != null && lease.state() instanceof LeaseState.Active active) {
                free.put(lease.id(), new Free(lease, active.grant()));
            }
        }
        for (VmView vm : snapshot.vms()) {
            if (vm.state() instanceof VmState.OnLease placed) {
                Free lease = free.get(placed.lease());
                if (lease != null) {
                    lease.take(vm.spec().size());
                }
            }
        }
    }

    /** The fullest lease that still fits, so that large room stays for large VMs. */
    Optional<LeaseId> take(VmSpec spec) {
        Free best = null;
        for (Free candidate : free.values()) {
            boolean samePool = candidate.lease.spec().pool() != null
                    && candidate.lease.spec().pool().equals(spec.pool());
            if (samePool && candidate.fits(spec.size()) && (best == null || candidate.memoryMiB < best.memoryMiB)) {
                best = candidate;
            }
        }
        if (best == null) {
            return Optional.empty();
        }
        best.take(spec.size());
        return Optional.of(best.lease.id());
    }
}
