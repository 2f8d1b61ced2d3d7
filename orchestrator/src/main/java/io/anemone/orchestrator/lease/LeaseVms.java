package io.anemone.orchestrator.lease;

import io.anemone.core.lease.Grant;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmSize;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Which VMs are on a lease or wait for it, and not over. */
final class LeaseVms {

    private LeaseVms() {}

    static List<VmId> on(EntityManager entities, LeaseId lease) {
        return on(entities, List.of(lease.value())).getOrDefault(lease.value(), List.of());
    }

    /** What the VMs on a lease leave of its grant. */
    static Room room(EntityManager entities, LeaseId lease, Grant grant) {
        Object[] used = (Object[]) entities.createNativeQuery("""
                        select coalesce(sum(vcpus), 0), coalesce(sum(memory_mib), 0) from vm
                        where lease_id = :lease and phase not in ('STOPPED', 'FAILED')""", Object[].class)
                .setParameter("lease", lease.value())
                .getSingleResult();
        return new Room(
                grant.cores() - ((Number) used[0]).longValue(), grant.memoryMiB() - ((Number) used[1]).longValue());
    }

    record Room(long cores, long memoryMiB) {
        boolean fits(VmSize size) {
            return size.vcpus() <= cores && size.memoryMiB() <= memoryMiB;
        }
    }

    static Map<UUID, List<VmId>> on(EntityManager entities, Collection<UUID> leases) {
        Map<UUID, List<VmId>> vms = new HashMap<>();
        if (leases.isEmpty()) {
            return vms;
        }
        List<?> rows = entities.createNativeQuery("""
                        select lease_id, id from vm
                        where lease_id in (:leases) and phase not in ('STOPPED', 'FAILED')
                        order by created_at""", Object[].class)
                .setParameter("leases", leases)
                .getResultList();
        for (Object row : rows) {
            Object[] ids = (Object[]) row;
            vms.computeIfAbsent((UUID) ids[0], k -> new ArrayList<>()).add(new VmId((UUID) ids[1]));
        }
        return vms;
    }
}
