package io.anemone.orchestrator.instance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The rows of the orchestrators that run. Who is alive is the database's word, by its own clock. */
@ApplicationScoped
class InstanceStore {

    private static final Logger LOG = Logger.getLogger(InstanceStore.class);

    private static final String HAS_SESSION =
            "exists (select 1 from pg_stat_activity where application_name = '%s' || orchestrator.id)"
                    .formatted(Instance.SESSION_PREFIX);

    /** Who misses a beat is dead if its session with the database has ended too; who has one gets the time to thaw. */
    private static final String ALIVE = """
            (seen_at > clock_timestamp() - interval '3 seconds'
             or (seen_at > clock_timestamp() - interval '10 seconds' and %s))""".formatted(HAS_SESSION);

    /** Its session has ended, and not because the database did: that has run since before the last beat. */
    private static final String ENDED = """
            (seen_at between pg_postmaster_start_time() and clock_timestamp() - interval '3 seconds'
             and not %s)""".formatted(HAS_SESSION);

    private final EntityManager entities;
    private final Instance self;
    private final Event<InstanceGone> gone;

    InstanceStore(EntityManager entities, Instance self, Event<InstanceGone> gone) {
        this.entities = entities;
        this.self = self;
        this.gone = gone;
    }

    /**
     * This one lives.
     *
     * @return whether it was not known: it has just started, or was given up
     */
    @Transactional
    boolean beat() {
        int known = entities.createNativeQuery("update orchestrator set seen_at = clock_timestamp() where id = :id")
                .setParameter("id", self.id())
                .executeUpdate();
        if (known == 0) {
            entities.createNativeQuery("""
                            insert into orchestrator (id, host, started_at, seen_at)
                            values (:id, :host, clock_timestamp(), clock_timestamp())""")
                    .setParameter("id", self.id())
                    .setParameter("host", self.host())
                    .executeUpdate();
        }
        return known == 0;
    }

    /** The others that are alive. */
    @Transactional
    Set<UUID> others() {
        return ids("select id from orchestrator where id <> :self and " + ALIVE).stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Removes those that are not. */
    @Transactional
    void bury() {
        bury("not " + ALIVE);
    }

    /** Removes those whose session ended although the database was there. */
    @Transactional
    void buryEnded() {
        bury(ENDED);
    }

    /** One that another orchestrator is just removing is left to it. */
    private void bury(String which) {
        for (UUID dead :
                ids("select id from orchestrator where id <> :self and " + which + " for update skip locked")) {
            LOG.warnf("an orchestrator is not seen any more and is taken for dead instance=%s", dead);
            remove(dead);
        }
    }

    /** This one ends. */
    @Transactional
    void leave() {
        ids("select id from orchestrator where id = :self for update").forEach(this::remove);
    }

    private void remove(UUID id) {
        gone.fire(new InstanceGone(id));
        entities.createNativeQuery("delete from orchestrator where id = :id")
                .setParameter("id", id)
                .executeUpdate();
    }

    private List<UUID> ids(String sql) {
        List<?> rows = entities.createNativeQuery(sql, UUID.class)
                .setParameter("self", self.id())
                .getResultList();
        return rows.stream().map(UUID.class::cast).toList();
    }
}
