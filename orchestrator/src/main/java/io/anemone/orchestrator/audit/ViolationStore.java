package io.anemone.orchestrator.audit;

import io.anemone.core.audit.Healing;
import io.anemone.core.audit.Invariant;
import io.anemone.core.audit.Subject;
import io.anemone.core.audit.Verdict;
import io.anemone.core.audit.Violation;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.VmId;
import io.anemone.orchestrator.history.Change;
import io.anemone.orchestrator.history.Changes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Keeps the violations that there are, and the newest of those that there were. */
@ApplicationScoped
public class ViolationStore {

    private static final int KEPT = 500;
    private static final String COLUMNS = "id, invariant, subjects, what, since, healing, healed_at";

    private final EntityManager entities;
    private final Changes changes;
    private final AuditNotes notes;

    ViolationStore(EntityManager entities, Changes changes, AuditNotes notes) {
        this.entities = entities;
        this.changes = changes;
        this.notes = notes;
    }

    /** What one audit changed. */
    record Difference(List<Violation> found, List<StoredViolation> healed) {}

    /**
     * Writes down what is new and what is no more. Whichever orchestrator is first does; what could not be judged is
     * not taken for healed.
     */
    @Transactional
    Difference record(List<Verdict> verdicts, Instant now) {
        List<StoredViolation> open = open();
        List<Violation> found = new ArrayList<>();
        List<StoredViolation> healed = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            Set<List<Subject>> still = new HashSet<>();
            verdict.violations().forEach(violation -> still.add(violation.subjects()));
            verdict.maturing().forEach(violation -> still.add(violation.subjects()));
            verdict.violations().stream().filter(this::insert).forEach(found::add);
            open.stream()
                    .filter(known -> known.invariant() == verdict.invariant() && verdict.unknown() == null)
                    .filter(known -> !still.contains(known.subjects()) && heal(known, now))
                    .forEach(healed::add);
        }
        found.forEach(notes::found);
        healed.forEach(notes::healed);
        if (!healed.isEmpty()) {
            prune();
        }
        return new Difference(found, healed);
    }

    /** @return whether it was not known yet; what is known may have come by better evidence meanwhile */
    private boolean insert(Violation violation) {
        DomainId domain = null;
        LeaseId by = null;
        if (violation.healing() instanceof Healing.EndDomain order) {
            domain = order.domain();
            by = order.by();
            changes.afterCommit(new Change.AgentSync(by));
        }
        return entities.createNativeQuery("""
                        insert into violation (invariant, subjects, what, since, healing,
                                               stop_lease, stop_vm, stop_attempt)
                        values (:invariant, :subjects, :what, :since, :healing,
                                cast(:lease as uuid), cast(:vm as uuid), cast(:attempt as integer))
                        on conflict (invariant, subjects) where healed_at is null
                        do update set what = excluded.what, healing = excluded.healing,
                                      stop_lease = excluded.stop_lease, stop_vm = excluded.stop_vm,
                                      stop_attempt = excluded.stop_attempt
                                  where (violation.what, violation.healing) <> (excluded.what, excluded.healing)
                        returning xmax = 0""", Boolean.class)
                .setParameter("invariant", violation.invariant().name())
                .setParameter("subjects", StoredViolation.write(violation.subjects()))
                .setParameter("what", violation.what())
                .setParameter("since", violation.since())
                .setParameter("healing", violation.healing().sentence())
                .setParameter("lease", by == null ? null : by.toString())
                .setParameter("vm", domain == null ? null : domain.vm().toString())
                .setParameter("attempt", domain == null ? null : String.valueOf(domain.attempt()))
                .getResultStream()
                .anyMatch(Boolean.TRUE::equals);
    }

    private boolean heal(StoredViolation known, Instant now) {
        return entities.createNativeQuery("update violation set healed_at = :now where id = :id and healed_at is null")
                        .setParameter("now", now)
                        .setParameter("id", known.id())
                        .executeUpdate()
                > 0;
    }

    private void prune() {
        entities.createNativeQuery("""
                        delete from violation where id in (
                            select id from violation where healed_at is not null
                            order by healed_at desc, id desc offset :kept)""").setParameter("kept", KEPT).executeUpdate();
    }

    /** Oldest first. */
    @Transactional
    List<StoredViolation> open() {
        return list(entities.createNativeQuery(
                "select " + COLUMNS + " from violation where healed_at is null order by since, id", Object[].class));
    }

    /** Those that are no more, the newest first. */
    @Transactional
    List<StoredViolation> healed(int limit) {
        return list(entities.createNativeQuery(
                        "select " + COLUMNS
                                + " from violation where healed_at is not null order by healed_at desc, id desc limit :limit",
                        Object[].class)
                .setParameter("limit", limit));
    }

    /** The domains that the agent of this lease shall end: each on positive evidence. */
    @Transactional
    public List<DomainId> toEnd(LeaseId by) {
        return entities.createNativeQuery("""
                        select distinct stop_vm, stop_attempt from violation
                        where healed_at is null and stop_lease = :lease""", Object[].class)
                .setParameter("lease", by.value())
                .getResultStream()
                .map(each -> {
                    Object[] row = (Object[]) each;
                    return new DomainId(new VmId((UUID) row[0]), ((Number) row[1]).intValue());
                })
                .toList();
    }

    private static List<StoredViolation> list(Query query) {
        List<?> rows = query.getResultList();
        return rows.stream().map(row -> violation((Object[]) row)).toList();
    }

    private static StoredViolation violation(Object[] row) {
        return new StoredViolation(
                ((Number) row[0]).longValue(),
                Invariant.valueOf((String) row[1]),
                StoredViolation.read((String[]) row[2]),
                (String) row[3],
                (Instant) row[4],
                (String) row[5],
                (Instant) row[6]);
    }
}
