package io.anemone.orchestrator.audit;

import io.anemone.core.audit.Facts;
import io.anemone.core.plan.Snapshot;
import io.anemone.core.scheduler.JobListing;
import io.anemone.orchestrator.lease.LeaseQuery;
import io.anemone.orchestrator.vm.VmQuery;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads all that an audit is made from, as of one moment. Of the records that are over it looks through some each time,
 * until it has been through all and begins anew. Only the audit's thread uses it.
 */
@ApplicationScoped
class FactsReader {

    private static final UUID BEGINNING = new UUID(0, 0);

    private final EntityManager entities;
    private final VmQuery vms;
    private final LeaseQuery leases;
    private final DomainFacts domains;
    private final RecordFacts records;
    private final AuditConfig config;
    private UUID cursor = BEGINNING;

    FactsReader(
            EntityManager entities,
            VmQuery vms,
            LeaseQuery leases,
            DomainFacts domains,
            RecordFacts records,
            AuditConfig config) {
        this.entities = entities;
        this.vms = vms;
        this.leases = leases;
        this.domains = domains;
        this.records = records;
        this.config = config;
    }

    /** @param suspects records that were found broken before and must not be forgotten */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Facts read(@Nullable JobListing jobs, List<UUID> suspects, Instant now) {
        entities.createNativeQuery("set transaction isolation level repeatable read, read only")
                .executeUpdate();
        List<UUID> slice = records.slice(cursor, config.slice());
        cursor = slice.size() < config.slice() ? BEGINNING : slice.getLast();
        List<UUID> again = new ArrayList<>(slice);
        again.addAll(suspects);
        return new Facts(
                new Snapshot(vms.views(), leases.views(), List.of(), jobs),
                domains.domains(),
                domains.leftovers(),
                domains.silent(now.minus(config.silence())),
                records.named(jobs),
                records.read(again));
    }
}
