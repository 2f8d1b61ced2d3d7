package io.anemone.orchestrator.audit;

import io.anemone.core.audit.Leftover;
import io.anemone.core.audit.SeenDomain;
import io.anemone.core.audit.VmFate;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.VmId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what agents told of, beside what is recorded of it. */
@ApplicationScoped
class DomainFacts {

    private final EntityManager entities;

    DomainFacts(EntityManager entities) {
        this.entities = entities;
    }

    /** Those of leases that are over are left out: with the job, its domains ended. */
    List<SeenDomain> domains() {
        return entities.createNativeQuery("""
                        select i.vm_id, i.attempt, i.lease_id, l.node, i.marked_lease, i.since,
                               v.attempt as its_attempt, v.lease_id as its_lease, its.node as its_node,
                               case when v.phase in ('STOPPED', 'FAILED') then v.ended_at
                                    when v.phase = 'SUSPENDED' then v.suspended_at end as over_at,
                               case when m.phase in ('RELEASED', 'FAILED') then m.ended_at end as lease_over_at
                        from inventory_item i
                        join lease l on l.id = i.lease_id and l.phase not in ('RELEASED', 'FAILED')
                        left join vm v on v.id = i.vm_id
                        left join lease its on its.id = v.lease_id
                        left join lease m on m.id = i.marked_lease
                        where i.kind = 'DOMAIN' order by i.vm_id, i.attempt, i.lease_id""", Object[].class)
                .getResultStream()
                .map(row -> domain((Object[]) row))
                .toList();
    }

    private static SeenDomain domain(Object[] row) {
        Number attempt = (Number) row[6];
        UUID lease = (UUID) row[7];
        @Nullable
        VmFate vm = attempt == null
                ? null
                : new VmFate(attempt.intValue(), (Instant) row[9], lease == null ? null : new LeaseId(lease), (String)
                        row[8]);
        return new SeenDomain(
                new DomainId(new VmId((UUID) row[0]), ((Number) row[1]).intValue()),
                new LeaseId((UUID) row[2]),
                (String) row[3],
                new LeaseId((UUID) row[4]),
                (Instant) row[5],
                vm,
                (Instant) row[10]);
    }

    List<Leftover> leftovers() {
        return entities.createNativeQuery("""
                        select i.vm_id, i.attempt, i.lease_id, l.node, i.since
                        from inventory_item i
                        join lease l on l.id = i.lease_id and l.phase not in ('RELEASED', 'FAILED')
                        where i.kind = 'FILES' order by i.vm_id, i.attempt, i.lease_id""", Object[].class)
                .getResultStream()
                .map(each -> {
                    Object[] row = (Object[]) each;
                    return new Leftover(
                            new DomainId(new VmId((UUID) row[0]), ((Number) row[1]).intValue()),
                            new LeaseId((UUID) row[2]),
                            (String) row[3],
                            (Instant) row[4]);
                })
                .toList();
    }

    /** Leases that VMs can be on and whose agent has not told since {@code before} what is on its node. */
    List<LeaseId> silent(Instant before) {
        return entities.createNativeQuery("""
                        select l.id from lease l left join inventory i on i.lease_id = l.id
                        where l.phase in ('ACTIVE', 'DRAINING')
                          and ((l.connected_to is null and l.contact_changed_at < :before)
                               or (not coalesce(i.known, false)
                                   and greatest(l.contact_changed_at, i.changed_at) < :before))
                        order by l.id""", UUID.class)
                .setParameter("before", before)
                .getResultStream()
                .map(id -> new LeaseId((UUID) id))
                .toList();
    }
}
