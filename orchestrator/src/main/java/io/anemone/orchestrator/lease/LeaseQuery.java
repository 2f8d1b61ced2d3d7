package io.anemone.orchestrator.lease;

import io.anemone.core.plan.LeaseView;
import io.anemone.core.vm.VmId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads leases. */
@ApplicationScoped
public class LeaseQuery {

    private static final String LIVE = "state.phase not in (RELEASED, FAILED)";

    private final EntityManager entities;

    LeaseQuery(EntityManager entities) {
        this.entities = entities;
    }

    /** Newest first; at most {@code limit}. */
    @Transactional
    public List<LeaseRecord> list(boolean activeOnly, int limit) {
        String where = activeOnly ? "where " + LIVE : "";
        return toRecords(entities.createQuery(
                        "from LeaseEntity " + where + " order by createdAt desc, id desc", LeaseEntity.class)
                .setMaxResults(limit)
                .getResultList());
    }

    /** Leases by their ids, in no order; their VMs are left out. */
    @Transactional
    public Map<UUID, LeaseRecord> byId(Collection<UUID> ids) {
        Map<UUID, LeaseRecord> records = new HashMap<>();
        if (!ids.isEmpty()) {
            entities.createQuery("from LeaseEntity where id in :ids", LeaseEntity.class)
                    .setParameter("ids", ids)
                    .getResultStream()
                    .forEach(lease -> records.put(lease.id, lease.toRecord(List.of())));
        }
        return records;
    }

    /** For the planner: every lease that is not over, those that live VMs still refer to, and direct VMs' jobs. */
    @Transactional
    public List<LeaseView> views() {
        return entities.createQuery("from LeaseEntity where " + LIVE + """
                         or id in (select v.state.leaseId from VmEntity v
                                   where v.state.phase not in (STOPPED, FAILED) and v.state.leaseId is not null)
                         or vmId in (select v.id from VmEntity v where v.state.phase = PENDING and v.path = DIRECT)""", LeaseEntity.class)
                .getResultStream()
                .map(LeaseEntity::toView)
                .toList();
    }

    /** A pool's leases that are not over, as they stand; they stay so until the end of the transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    public List<LeaseView> lockedOf(String pool) {
        return entities.createQuery(
                        "from LeaseEntity where pool = :pool and " + LIVE + " order by id", LeaseEntity.class)
                .setParameter("pool", pool)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .map(LeaseEntity::toView)
                .toList();
    }

    /** When a lease of each pool last failed before it was ACTIVE, or soon after, as when its agent crashes at once. */
    @Transactional
    public Map<String, Instant> lastFailures() {
        Map<String, Instant> failures = new HashMap<>();
        entities.createQuery("""
                        select pool, max(endedAt) from LeaseEntity
                        where pool is not null and endedAt is not null
                          and (activeAt is null or endedAt < activeAt + 5 second)
                          and (state.endCause <> RELEASED or state.endFailureCode is not null)
                        group by pool""", Object[].class)
                .getResultStream()
                .forEach(row -> failures.put((String) row[0], (Instant) row[1]));
        return failures;
    }

    private List<LeaseRecord> toRecords(List<LeaseEntity> leases) {
        Map<UUID, List<VmId>> vms =
                LeaseVms.on(entities, leases.stream().map(lease -> lease.id).toList());
        return leases.stream()
                .map(lease -> lease.toRecord(vms.getOrDefault(lease.id, List.of())))
                .toList();
    }
}
