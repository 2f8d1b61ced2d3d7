package io.anemone.orchestrator.lease;

import io.anemone.core.lease.Grant;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmNeed;
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

    /** What the VMs on a lease take of its grant. */
    static VmNeed used(EntityManager entities, LeaseId lease, Grant grant) {
        Object[] used = (Object[]) entities.createNativeQuery("""
                        select coalesce(sum(need_cpu_percent), 0), coalesce(sum(need_memory_mib), 0),
                            coalesce(bool_or(whole_node), false)
                        from vm
                        where lease_id = :lease and phase not in ('STOPPED', 'FAILED')""", Object[].class)
                .setParameter("lease", lease.value())
                .getSingleResult();
        boolean whole = (Boolean) used[2];
        return whole ? VmNeed.all(grant) : new VmNeed(((Number) used[0]).longValue(), ((Number) used[1]).longValue());
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
