package io.anemone.orchestrator.usage;

import io.anemone.core.vm.VmId;
import io.anemone.core.wire.VmUsage;
import io.anemone.orchestrator.lease.AgentConnection;
import io.anemone.orchestrator.lease.LeaseStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Keeps what VMs used in the last hour, in the database, so that every orchestrator can tell. However often an agent
 * measures, a VM has at most one row every {@link #CLOSEST}.
 */
@ApplicationScoped
public class UsageStore {

    static final Duration KEPT = Duration.ofHours(1);
    static final Duration CLOSEST = Duration.ofSeconds(5);

    /** A node's clock that is further off than this is not believed. */
    private static final Duration PLAUSIBLE = Duration.ofSeconds(10);

    private static final int MAX_VMS = 1000;

    private final EntityManager entities;
    private final LeaseStore leases;
    private final Clock clock;

    UsageStore(EntityManager entities, LeaseStore leases, Clock clock) {
        this.entities = entities;
        this.leases = leases;
        this.clock = clock;
    }

    /**
     * Takes in what an agent measured; what is not on its lease is not its business.
     *
     * @return false if a newer connection speaks for the lease: then nothing was taken in
     */
    @Transactional
    public boolean measured(AgentConnection agent, List<VmUsage> usages) {
        if (!leases.newest(agent)) {
            return false;
        }
        Instant now = clock.instant();
        usages.stream().limit(MAX_VMS).filter(usage -> on(agent, usage)).forEach(usage -> keep(usage, now));
        entities.createQuery("delete from UsageEntity where takenAt < :oldest")
                .setParameter("oldest", now.minus(KEPT))
                .executeUpdate();
        return true;
    }

    private boolean on(AgentConnection agent, VmUsage usage) {
        return !entities.createNativeQuery(
                        "select id from vm where id = :vm and lease_id = :lease and attempt = :attempt", Object.class)
                .setParameter("vm", usage.vm().value())
                .setParameter("lease", agent.lease().value())
                .setParameter("attempt", usage.attempt())
                .getResultList()
                .isEmpty();
    }

    private void keep(VmUsage usage, Instant now) {
        Instant at = plausible(usage.at(), now);
        long near = entities.createQuery(
                        "select count(*) from UsageEntity where vmId = :vm and takenAt > :earlier", Long.class)
                .setParameter("vm", usage.vm().value())
                .setParameter("earlier", at.minus(CLOSEST))
                .getSingleResult();
        if (near == 0) {
            entities.persist(UsageEntity.of(usage, at));
            entities.flush();
        }
    }

    private static Instant plausible(Instant said, Instant now) {
        boolean near = said.isAfter(now.minus(PLAUSIBLE)) && said.isBefore(now.plus(PLAUSIBLE));
        return near ? said : now;
    }

    /** Oldest first. */
    @Transactional
    List<UsageSample> of(VmId vm) {
        return entities.createQuery("from UsageEntity where vmId = :vm order by takenAt", UsageEntity.class)
                .setParameter("vm", vm.value())
                .getResultStream()
                .map(UsageEntity::toSample)
                .toList();
    }
}
