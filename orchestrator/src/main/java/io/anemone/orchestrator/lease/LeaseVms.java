package io.anemone.orchestrator.lease;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.VmId;
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
