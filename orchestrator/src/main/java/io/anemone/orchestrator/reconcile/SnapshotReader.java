package io.anemone.orchestrator.reconcile;

import io.anemone.core.plan.Snapshot;
import io.anemone.core.scheduler.JobListing;
import io.anemone.orchestrator.breaker.StartStore;
import io.anemone.orchestrator.lease.LeaseQuery;
import io.anemone.orchestrator.pool.PoolStore;
import io.anemone.orchestrator.vm.VmQuery;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import org.jspecify.annotations.Nullable;

/** Reads all that a plan is made from, as of one moment. */
@ApplicationScoped
class SnapshotReader {

    private final EntityManager entities;
    private final VmQuery vms;
    private final LeaseQuery leases;
    private final PoolStore pools;
    private final StartStore starts;

    SnapshotReader(EntityManager entities, VmQuery vms, LeaseQuery leases, PoolStore pools, StartStore starts) {
        this.entities = entities;
        this.vms = vms;
        this.leases = leases;
        this.pools = pools;
        this.starts = starts;
    }

    /** In one view of the database: a lease read without its VM, or a VM without its lease, would pass for an orphan. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Snapshot read(@Nullable JobListing jobs) {
        entities.createNativeQuery("set transaction isolation level repeatable read, read only")
                .executeUpdate();
        return new Snapshot(vms.views(), leases.views(), pools.views(), jobs, starts.recent());
    }
}
