package io.anemone.orchestrator.effect;

import io.anemone.core.lease.LeaseId;
import io.anemone.orchestrator.history.Change;
import io.anemone.orchestrator.history.Changes;
import io.anemone.orchestrator.instance.Instance;
import io.anemone.orchestrator.instance.InstanceGone;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
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
    private final Instance here;

    Outbox(EntityManager entities, Clock clock, Changes changes, Instance here) {
        this.entities = entities;
        this.clock = clock;
        this.changes = changes;
        this.here = here;
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

    /**
     * Takes what is due, oldest first; each try is counted before it is made. What this process has claimed and has not
     * under way is due, too: the database went away with its answer, or before the try's outcome could be written.
     */
    @Transactional
    List<Effect> claim(int limit, Duration claim, Collection<Effect> underWay) {
        List<?> rows = entities.createNativeQuery("""
                        update effect set claimed_until = clock_timestamp() + make_interval(secs => :claim),
                                          claimed_by = :here, tries = tries + 1
                        where id in (select id from effect
                                     where due_at <= :now
                                           and (claimed_until is null or claimed_until < clock_timestamp()
                                                or claimed_by = :here and id <> all(:underWay))
                                     order by due_at limit :limit for update skip locked)
                        returning id, kind, lease_id, job_id, wanted, tries""", Object[].class)
                .setParameter("claim", seconds(claim))
                .setParameter("here", here.id())
                .setParameter("underWay", underWay.stream().map(Effect::id).toArray(Long[]::new))
                .setParameter("now", clock.instant())
                .setParameter("limit", limit)
                .getResultList();
        return rows.stream().map(row -> effect((Object[]) row)).toList();
    }

    /** What an orchestrator that is gone had under way is due at once. */
    @Transactional(Transactional.TxType.MANDATORY)
    void release(@Observes InstanceGone gone) {
        entities.createNativeQuery("update effect set claimed_until = null where claimed_by = :gone")
                .setParameter("gone", gone.id())
                .executeUpdate();
        changes.afterCommit(new Change.EffectDue());
    }

    /** Whether it is still claimed by this try, for that much longer. Each claim counts another try. */
    @Transactional
    boolean holds(Effect effect, Duration longer) {
        return !entities.createNativeQuery("""
                        select id from effect where id = :id and tries = :tries
                                 and claimed_until > clock_timestamp() + make_interval(secs => :longer)""", Object.class)
                .setParameter("id", effect.id())
                .setParameter("tries", effect.tries())
                .setParameter("longer", seconds(longer))
                .getResultList()
                .isEmpty();
    }

    /** What comes of a try that is no longer the newest is not the last word: the newer one's will be. */
    private void fence(Effect effect) {
        boolean mine = !entities.createNativeQuery(
                        "select id from effect where id = :id and tries = :tries for update", Object.class)
                .setParameter("id", effect.id())
                .setParameter("tries", effect.tries())
                .getResultList()
                .isEmpty();
        if (!mine) {
            throw new ClaimLostException(effect);
        }
    }

    /**
     * Done, unless it was asked for again meanwhile: then it is due once more.
     *
     * @throws ClaimLostException if another try has it by now: nothing of this one's transaction must stand
     */
    @Transactional(Transactional.TxType.MANDATORY)
    void settle(Effect effect) {
        fence(effect);
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

    /** @throws ClaimLostException as {@link #settle} */
    @Transactional(Transactional.TxType.MANDATORY)
    void tryAgain(Effect effect, Duration wait, String error) {
        fence(effect);
        entities.createNativeQuery(
                        "update effect set claimed_until = null, due_at = :due, last_error = :error where id = :id")
                .setParameter("due", clock.instant().plus(wait))
                .setParameter("error", error)
                .setParameter("id", effect.id())
                .executeUpdate();
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
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
