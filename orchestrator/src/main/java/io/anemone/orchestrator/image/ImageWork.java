package io.anemone.orchestrator.image;

import io.anemone.orchestrator.instance.Instance;
import io.anemone.orchestrator.instance.InstanceGone;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Revisions that something is to be done with: files to fetch, or a check. One orchestrator claims one; what comes of a
 * try that is not the newest any more does not count.
 */
@ApplicationScoped
class ImageWork {

    private final EntityManager entities;
    private final ImageRegistry registry;
    private final Instance here;
    private final Clock clock;

    ImageWork(EntityManager entities, ImageRegistry registry, Instance here, Clock clock) {
        this.entities = entities;
        this.registry = registry;
        this.here = here;
        this.clock = clock;
    }

    @Transactional
    Optional<RevisionRecord> claim(Duration claim) {
        List<?> ids = entities.createNativeQuery("""
                        update image_revision set claimed_by = :here, tries = tries + 1,
                               claimed_until = clock_timestamp() + make_interval(secs => :claim)
                        where id = (select id from image_revision r
                                    where (state = 'CHECKING'
                                           or state = 'RECEIVING' and exists (select 1 from image_file f
                                                  where f.revision_id = r.id and f.source is not null and not f.complete))
                                      and (claimed_until is null or claimed_until < clock_timestamp())
                                    order by changed_at limit 1 for update skip locked)
                        returning id""", UUID.class)
                .setParameter("here", here.id())
                .setParameter("claim", (double) claim.toSeconds())
                .getResultList();
        entities.clear();
        return ids.stream().findFirst().map(id -> RevisionRows.record(entities.find(RevisionEntity.class, id)));
    }

    /** @return false if it is not this try's any more: it shall stop */
    @Transactional
    boolean extend(RevisionRecord revision, Duration claim) {
        return entities.createNativeQuery("""
                        update image_revision set claimed_until = clock_timestamp() + make_interval(secs => :claim),
                               changed_at = :now
                        where id = :id and claimed_by = :here and tries = :tries and state in ('RECEIVING', 'CHECKING')""")
                        .setParameter("claim", (double) claim.toSeconds())
                        .setParameter("now", clock.instant())
                        .setParameter("id", revision.id())
                        .setParameter("here", here.id())
                        .setParameter("tries", revision.tries())
                        .executeUpdate()
                > 0;
    }

    /** An import knows by now how large its file is; it counts for the quota from here on. */
    @Transactional
    void sized(UUID file, long bytes) {
        entities.createNativeQuery("update image_file set bytes = :bytes where id = :id")
                .setParameter("bytes", bytes)
                .setParameter("id", file)
                .executeUpdate();
    }

    /** Its files have been fetched, or what went wrong will be tried again later. */
    @Transactional
    void release(RevisionRecord revision) {
        entities.createNativeQuery("""
                        update image_revision set claimed_by = null, claimed_until = null
                        where id = :id and claimed_by = :here and tries = :tries""")
                .setParameter("id", revision.id())
                .setParameter("here", here.id())
                .setParameter("tries", revision.tries())
                .executeUpdate();
    }

    /** The file was read, and has this content: from now on it may be kept, and looked for, under its digest. */
    @Transactional
    void verified(RevisionRecord revision, UUID file, String sha256) {
        mine(revision)
                .flatMap(row ->
                        row.files.stream().filter(each -> each.id.equals(file)).findFirst())
                .ifPresent(row -> {
                    row.sha256 = sha256;
                    row.verified = true;
                });
    }

    /** Its check is passed: VMs can boot it, and its image's name stands for it. */
    @Transactional
    void passed(RevisionRecord revision, long virtualBytes, String message) {
        mine(revision)
                .filter(row -> row.files.stream().allMatch(file -> file.verified))
                .ifPresent(row -> {
                    row.virtualBytes = virtualBytes;
                    registry.enter(row, RevisionState.ACTIVE, message.isEmpty() ? null : message);
                    row.image.current = row.revision;
                    free(row);
                });
    }

    @Transactional
    void refused(RevisionRecord revision, String why) {
        mine(revision).ifPresent(row -> {
            registry.enter(row, RevisionState.REFUSED, why);
            free(row);
        });
    }

    private static void free(RevisionEntity row) {
        row.claimedBy = null;
        row.claimedUntil = null;
    }

    /** The row, locked, if this try is the newest and it was not deleted meanwhile. */
    private Optional<RevisionEntity> mine(RevisionRecord revision) {
        RevisionEntity row = entities.find(RevisionEntity.class, revision.id(), LockModeType.PESSIMISTIC_WRITE);
        boolean mine = row != null
                && here.id().equals(row.claimedBy)
                && row.tries == revision.tries()
                && (row.state == RevisionState.RECEIVING || row.state == RevisionState.CHECKING);
        return mine ? Optional.of(row) : Optional.empty();
    }

    /** What an orchestrator that is gone had under way is due at once. */
    @Transactional(Transactional.TxType.MANDATORY)
    void release(@Observes InstanceGone gone) {
        entities.createNativeQuery(
                        "update image_revision set claimed_by = null, claimed_until = null where claimed_by = :gone")
                .setParameter("gone", gone.id())
                .executeUpdate();
    }
}
