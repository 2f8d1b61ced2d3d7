package io.anemone.orchestrator.effect;

import io.anemone.core.lease.LeaseId;
import io.anemone.orchestrator.history.Change;
import io.anemone.orchestrator.history.Changes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What must still follow at the scheduler. Rows are added in the transaction that decided on them and go when they
 * are settled; a row that was claimed by a process that died is claimed again when the claim runs out.
 */
@ApplicationScoped
public class Outbox {

    private final EntityManager entities;
    private final Clock clock;
    private final Changes changes;

    Outbox(EntityManager entities, Clock clock, Changes changes) {
        this.entities = entities;
        this.clock = clock;
        this.changes = changes;
    }

    /** The scheduler answers again: what was put off because it did not is due now. */
    @Transactional
    public void dueNow() {
        int due = entities.createNativeQuery(
                        "update effect set due_at = :now where due_at > :now and claimed_until is null")
                .setParameter("now", clock.instant())
                .executeUpdate();
        if (due > 0) {
            changes.afterCommit(new Change.EffectDue());
        }
    }

    /** Asks for an effect; asking again for one that is not settled yet makes it due now. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void add(EffectKind kind, LeaseId lease, String jobId) {
        // The lease's own row may be waiting to be written, and the outbox refers to it.
        entities.flush();
        entities.createNativeQuery("""
                        insert into effect (kind, lease_id, job_id, due_at, created_at)
                        values (:kind, :lease, :job, :now, :now)
                        on conflict on constraint effect_once
                        do update set wanted = effect.wanted + 1, due_at = least(effect.due_at, excluded.due_at)""")
                .setParameter("kind", kind.name())
                .setParameter("lease", lease.value())
                .setParameter("job", jobId)
                .setParameter("now", clock.instant())
                .executeUpdate();
        changes.afterCommit(new Change.EffectDue());
    }

    /** Takes what is due, oldest first; each try is counted before it is made. */
    @Transactional
    List<Effect> claim(int limit, Duration claim) {
        Instant now = clock.instant();
        List<?> rows = entities.createNativeQuery("""
                        update effect set claimed_until = :until, tries = tries + 1
                        where id in (select id from effect
                                     where due_at <= :now and (claimed_until is null or claimed_until < :now)
                                     order by due_at limit :limit for update skip locked)
                        returning id, kind, lease_id, job_id, wanted, tries""", Object[].class)
                .setParameter("until", now.plus(claim))
                .setParameter("now", now)
                .setParameter("limit", limit)
                .getResultList();
        return rows.stream().map(row -> effect((Object[]) row)).toList();
    }

    /** Done, unless it was asked for again meanwhile: then it is due once more. */
    @Transactional(Transactional.TxType.MANDATORY)
    void settle(Effect effect) {
        int gone = entities.createNativeQuery("delete from effect where id = :id and wanted = :wanted")
                .setParameter("id", effect.id())
                .setParameter("wanted", effect.wanted())
                .executeUpdate();
        if (gone == 0) {
            entities.createNativeQuery("update effect set claimed_until = null where id = :id")
                    .setParameter("id", effect.id())
                    .executeUpdate();
            changes.afterCommit(new Change.EffectDue());
        }
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void tryAgain(Effect effect, Duration wait, String error) {
        entities.createNativeQuery(
                        "update effect set claimed_until = null, due_at = :due, last_error = :error where id = :id")
                .setParameter("due", clock.instant().plus(wait))
                .setParameter("error", error)
                .setParameter("id", effect.id())
                .executeUpdate();
    }

    private static Effect effect(Object[] row) {
        return new Effect(
                ((Number) row[0]).longValue(),
                EffectKind.valueOf((String) row[1]),
                new LeaseId((UUID) row[2]),
                (String) row[3],
                ((Number) row[4]).intValue(),
                ((Number) row[5]).intValue());
    }
}
