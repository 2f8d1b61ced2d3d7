package io.anemone.orchestrator.pool;

import io.anemone.core.lease.PoolSpec;
import io.anemone.core.plan.PoolView;
import io.anemone.orchestrator.history.Change;
import io.anemone.orchestrator.history.Changes;
import io.anemone.orchestrator.lease.LeaseQuery;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pools of the site. */
@ApplicationScoped
public class PoolStore {

    private final EntityManager entities;
    private final LeaseQuery leases;
    private final Changes changes;

    PoolStore(EntityManager entities, LeaseQuery leases, Changes changes) {
        this.entities = entities;
        this.leases = leases;
        this.changes = changes;
    }

    @Transactional
    public Optional<PoolSpec> find(String name) {
        return Optional.ofNullable(entities.find(PoolEntity.class, name)).map(PoolEntity::toSpec);
    }

    /** Makes or changes a pool; the loop sees to its leases. */
    @Transactional
    public void put(PoolSpec spec) {
        PoolEntity pool = entities.find(PoolEntity.class, spec.name());
        if (pool == null) {
            pool = new PoolEntity();
            pool.name = spec.name();
        }
        pool.leases = spec.leases();
        pool.partition = spec.partition();
        pool.walltimeSeconds = spec.walltime().toSeconds();
        pool.renewBeforeSeconds = spec.renew().toSeconds();
        entities.persist(pool);
        changes.afterCommit(new Change.Pool(spec.name()));
    }

    /** For the planner. */
    @Transactional
    public List<PoolView> views() {
        Map<String, Instant> failures = leases.lastFailures();
        return specs().stream()
                .map(spec -> new PoolView(spec, failures.get(spec.name())))
                .toList();
    }

    /** One pool for the planner; nobody else changes what it holds until the end of the transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<PoolView> locked(String name) {
        return Optional.ofNullable(entities.find(PoolEntity.class, name, LockModeType.PESSIMISTIC_WRITE))
                .map(pool -> new PoolView(pool.toSpec(), leases.lastFailures().get(name)));
    }

    /** How each pool stands, by name. */
    @Transactional
    public List<PoolRecord> list() {
        Map<String, Object[]> held = new HashMap<>();
        List<?> rows = entities.createNativeQuery("""
                        select l.pool, count(*), sum(v.vms),
                               sum(case when v.whole then 0 else l.grant_cores - ceil(v.percent / 100.0) end),
                               sum(case when v.whole then 0 else l.grant_memory_mib - v.memory end)
                        from lease l cross join lateral (
                               select count(*) vms, coalesce(sum(need_cpu_percent), 0) percent,
                                      coalesce(sum(need_memory_mib), 0) memory, coalesce(bool_or(whole_node), false) whole
                               from vm where vm.lease_id = l.id and vm.phase not in ('STOPPED', 'FAILED')) v
                        where l.pool is not null and l.phase = 'ACTIVE'
                        group by l.pool""", Object[].class).getResultList();
        rows.forEach(row -> held.put((String) ((Object[]) row)[0], (Object[]) row));
        return specs().stream()
                .map(spec -> toRecord(spec, held.get(spec.name())))
                .toList();
    }

    private List<PoolSpec> specs() {
        return entities.createQuery("from PoolEntity order by name", PoolEntity.class)
                .getResultStream()
                .map(PoolEntity::toSpec)
                .toList();
    }

    private static PoolRecord toRecord(PoolSpec spec, Object @Nullable [] row) {
        return row == null
                ? new PoolRecord(spec, 0, 0, 0, 0)
                : new PoolRecord(spec, (int) number(row[1]), (int) number(row[2]), number(row[3]), number(row[4]));
    }

    private static long number(Object column) {
        return ((Number) column).longValue();
    }
}
