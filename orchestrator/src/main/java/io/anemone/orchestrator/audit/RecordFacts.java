package io.anemone.orchestrator.audit;

import io.anemone.core.audit.BrokenHistory;
import io.anemone.core.audit.Facts;
import io.anemone.core.audit.KeptSave;
import io.anemone.core.audit.LeaseFate;
import io.anemone.core.audit.OverdueEffect;
import io.anemone.core.audit.Subject;
import io.anemone.core.audit.UnprovenEnd;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.scheduler.JobListing;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Looks for what is wrong within the records. */
@ApplicationScoped
class RecordFacts {

    private final EntityManager entities;

    RecordFacts(EntityManager entities) {
        this.entities = entities;
    }

    /** @param again what is over and shall be looked at too; what lives always is */
    Facts.Records read(List<UUID> again) {
        List<BrokenHistory> histories = new ArrayList<>(broken("vm", "'STOPPED', 'FAILED'", Subject.Kind.VM, again));
        histories.addAll(broken("lease", "'RELEASED', 'FAILED'", Subject.Kind.LEASE, again));
        return new Facts.Records(effects(), histories, ends(), kept());
    }

    /** VMs and leases after {@code cursor}, in the order of their ids. */
    List<UUID> slice(UUID cursor, int limit) {
        return entities.createNativeQuery("""
                        select id from (select id from vm union all select id from lease) every
                        where id > :cursor order by id limit :limit""", UUID.class)
                .setParameter("cursor", cursor)
                .setParameter("limit", limit)
                .getResultStream()
                .map(id -> (UUID) id)
                .toList();
    }

    /** The leases that jobs are named after. */
    List<LeaseFate> named(@Nullable JobListing jobs) {
        List<UUID> ids = jobs == null
                ? List.of()
                : jobs.jobs().stream()
                        .filter(job -> !job.state().over())
                        .flatMap(job -> LeaseId.ofJobName(job.name()).stream())
                        .map(LeaseId::value)
                        .distinct()
                        .toList();
        if (ids.isEmpty()) {
            return List.of();
        }
        return entities.createNativeQuery("""
                        select id, owner, job_id, case when phase in ('RELEASED', 'FAILED') then ended_at end as over_at
                        from lease where id in (:ids) order by id""", Object[].class)
                .setParameter("ids", ids)
                .getResultStream()
                .map(each -> {
                    Object[] row = (Object[]) each;
                    return new LeaseFate(
                            new LeaseId((UUID) row[0]), (String) row[1], (String) row[2], (Instant) row[3]);
                })
                .toList();
    }

    private List<OverdueEffect> effects() {
        return entities.createNativeQuery(
                        "select lease_id, kind, created_at, tries from effect order by id", Object[].class)
                .getResultStream()
                .map(each -> {
                    Object[] row = (Object[]) each;
                    return new OverdueEffect(
                            new LeaseId((UUID) row[0]),
                            (String) row[1],
                            (Instant) row[2],
                            ((Number) row[3]).intValue());
                })
                .toList();
    }

    /**
     * Events lead from one phase to the next. Of an unbroken way, each phase is left as often as it is entered, but
     * for the one where it is now: that needs no order, and so no order of numbers that two orchestrators drew.
     */
    private List<BrokenHistory> broken(String table, String over, Subject.Kind kind, List<UUID> again) {
        // Table and phases are this class's own words; Hibernate wants a list that is not empty.
        List<UUID> ids = again.isEmpty() ? List.of(new UUID(0, 0)) : again;
        return entities.createNativeQuery("""
                        select t.id from %1$s t
                        where (t.phase not in (%2$s) or t.id in (:again)) and (
                            not exists (select 1 from event e
                                        where e.kind = '%1$s' and e.%1$s_id = t.id and e.to_phase is not null)
                            or exists (select 1 from event e
                                       cross join lateral (values (e.to_phase, 1), (e.from_phase, -1)) x (phase, n)
                                       where e.kind = '%1$s' and e.%1$s_id = t.id and e.to_phase is not null
                                         and x.phase is not null
                                       group by x.phase
                                       having sum(x.n) <> case when x.phase = t.phase then 1 else 0 end))
                        order by t.id""".formatted(table, over), UUID.class)
                .setParameter("again", ids)
                .getResultStream()
                .map(id -> new BrokenHistory(new Subject(kind, id.toString())))
                .toList();
    }

    /** An agent ends its guests for its lease's time a little before that is used up. */
    private List<UnprovenEnd> ends() {
        return entities.createNativeQuery("""
                        select v.id, v.lease_id, v.stop_reason, v.ended_at
                        from lease l join vm v on v.lease_id = l.id
                        where l.phase not in ('RELEASED', 'FAILED') and v.phase = 'STOPPED'
                          and (v.stop_reason in ('LEASE_LOST', 'PREEMPTED')
                               or v.stop_reason = 'WALLTIME' and l.ends_at > v.ended_at + interval '15 minutes'
                                  and not coalesce(v.path <> 'SCHEDULED' and v.started_at
                                      + v.walltime_seconds * interval '1 second' < v.ended_at + interval '1 minute', false))
                        order by v.id""", Object[].class)
                .getResultStream()
                .map(each -> {
                    Object[] row = (Object[]) each;
                    return new UnprovenEnd(
                            new VmId((UUID) row[0]),
                            new LeaseId((UUID) row[1]),
                            StopReason.valueOf((String) row[2]),
                            (Instant) row[3]);
                })
                .toList();
    }

    /** A VM that is over goes on from nothing. */
    private List<KeptSave> kept() {
        return entities.createNativeQuery("""
                        select id, path, owner, ended_at from vm
                        where kept_attempt is not null and phase in ('STOPPED', 'FAILED') order by id""", Object[].class)
                .getResultStream()
                .map(each -> {
                    Object[] row = (Object[]) each;
                    return new KeptSave(
                            new VmId((UUID) row[0]), LaunchPath.valueOf((String) row[1]), (String) row[2], (Instant)
                                    row[3]);
                })
                .toList();
    }
}
