package io.anemone.orchestrator.image;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.image.ImageReference;
import io.anemone.core.image.ImageTier;
import io.anemone.core.vm.VmId;
import io.anemone.orchestrator.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The images that people brought, as the database has them. */
@ApplicationScoped
class ImageRegistry {

    private final EntityManager entities;
    private final ImageAccess access;
    private final ImageConfig config;
    private final Event<SaveNews> news;
    private final Clock clock;

    ImageRegistry(EntityManager entities, ImageAccess access, ImageConfig config, Event<SaveNews> news, Clock clock) {
        this.news = news;
        this.entities = entities;
        this.access = access;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Makes a revision whose files are to come, and its image with the first.
     *
     * @throws AnemoneException {@link ErrorCode#IMAGE_QUOTA} if its owner has too much already
     */
    @Transactional
    RevisionRecord begin(NewRevision wanted, Caller caller) {
        // One at a time for each owner: two requests must not both find room for one, nor both make the image
        entities.createNativeQuery(
                        "select cast(pg_advisory_xact_lock(hashtext('image of ' || :owner)) as text)", String.class)
                .setParameter("owner", wanted.tier() == ImageTier.GOLDEN ? "/" : wanted.owner())
                .getResultList();
        ImageEntity image = named(wanted.name()).orElseGet(() -> image(wanted));
        if (!access.changes(RevisionRows.record(image), caller)) {
            throw new AnemoneException(
                    ErrorCode.FORBIDDEN, "The image " + wanted.name() + " is not yours: take another name.");
        }
        if (wanted.tier() == ImageTier.USER) {
            checkRoom(wanted);
        }
        image.revisions++;
        RevisionEntity row = RevisionRows.row(image, wanted, caller.name(), clock.instant());
        entities.persist(row);
        return RevisionRows.record(row);
    }

    private ImageEntity image(NewRevision wanted) {
        ImageEntity image = new ImageEntity();
        image.id = UUID.randomUUID();
        image.name = wanted.name();
        image.owner = wanted.owner();
        image.tier = wanted.tier();
        image.visibility = wanted.tier() == ImageTier.GOLDEN ? Visibility.PUBLIC : Visibility.PRIVATE;
        image.createdAt = clock.instant();
        entities.persist(image);
        return image;
    }

    private void checkRoom(NewRevision wanted) {
        long unfinished = count("""
                select count(*) from image_revision r join image i on i.id = r.image_id
                where i.owner = :owner and i.tier = 'USER' and r.state in ('RECEIVING', 'CHECKING')""", wanted.owner());
        if (unfinished >= config.limits().unfinished()) {
            throw new AnemoneException(
                    ErrorCode.IMAGE_QUOTA,
                    "There are " + unfinished + " uploads of " + wanted.owner() + " that are not finished: finish or"
                            + " delete one.");
        }
        long used = used(wanted.owner());
        long quota = config.limits().quota().asLongValue();
        if (wanted.bytes() > quota - used) {
            throw new AnemoneException(
                    ErrorCode.IMAGE_QUOTA,
                    "The images of " + wanted.owner() + " may have " + quota + " bytes together, and have " + used
                            + " already: delete what is not needed.");
        }
    }

    /** Bytes that the account's images have. */
    @Transactional
    long used(String owner) {
        return count("""
                select cast(coalesce(sum(coalesce(f.bytes, f.received)), 0) as bigint)
                from image_file f join image_revision r on r.id = f.revision_id join image i on i.id = r.image_id
                where i.owner = :owner and i.tier = 'USER' and r.state not in ('DELETED', 'REFUSED')""", owner);
    }

    private long count(String sql, String owner) {
        return (Long) entities.createNativeQuery(sql, Long.class)
                .setParameter("owner", owner)
                .getSingleResult();
    }

    private Optional<ImageEntity> named(String name) {
        return entities.createQuery("from ImageEntity where name = :name", ImageEntity.class)
                .setParameter("name", name)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst();
    }

    /** All that are not deleted, by name and number. */
    @Transactional
    List<RevisionRecord> list() {
        return entities.createQuery(
                        "from RevisionEntity where state <> DELETED order by image.name, revision desc",
                        RevisionEntity.class)
                .getResultStream()
                .map(RevisionRows::record)
                .toList();
    }

    @Transactional
    Optional<RevisionRecord> find(UUID image, int number) {
        return entities.createQuery(
                        "from RevisionEntity where image.id = :image and revision = :number", RevisionEntity.class)
                .setParameter("image", image)
                .setParameter("number", number)
                .getResultStream()
                .findFirst()
                .map(RevisionRows::record);
    }

    /** Whatever its state: the one of that number, or the current one. */
    @Transactional
    Optional<RevisionRecord> find(ImageReference reference) {
        return entities.createQuery(
                        "from RevisionEntity where image.name = :name and revision = coalesce(:number, image.current)",
                        RevisionEntity.class)
                .setParameter("name", reference.name())
                .setParameter("number", reference.revision())
                .getResultStream()
                .findFirst()
                .map(RevisionRows::record);
    }

    @Transactional
    Optional<ImageRecord> image(UUID id) {
        return Optional.ofNullable(entities.find(ImageEntity.class, id)).map(RevisionRows::record);
    }

    @Transactional
    void share(UUID id, Visibility visibility, @Nullable String project) {
        ImageEntity image = locked(id);
        image.visibility = visibility;
        image.project = visibility == Visibility.PROJECT ? project : null;
    }

    /** From now on the image's name stands for it, whichever is newer. */
    @Transactional
    void makeCurrent(UUID id, int number) {
        ImageEntity image = locked(id);
        RevisionEntity row = row(image, number);
        if (row.state == RevisionState.DEPRECATED) {
            enter(row, RevisionState.ACTIVE, null);
        }
        if (row.state != RevisionState.ACTIVE) {
            throw wrongState(row, "Only one that can be booted can be made current");
        }
        image.current = number;
    }

    @Transactional
    void deprecate(UUID id, int number) {
        ImageEntity image = locked(id);
        enter(row(image, number), RevisionState.DEPRECATED, null);
        chooseCurrent(image);
    }

    /** Its files stay as long as a VM needs them. Harmless if it is deleted already. */
    @Transactional
    void delete(UUID id, int number) {
        ImageEntity image = locked(id);
        RevisionEntity row = row(image, number);
        if (row.state != RevisionState.DELETED) {
            enter(row, RevisionState.DELETED, null);
            row.claimedBy = null;
            row.claimedUntil = null;
            chooseCurrent(image);
        }
    }

    /** Something of a file has arrived; with the last byte of the last one, its check is due. */
    @Transactional
    void arrived(UUID file, long received) {
        FileEntity row = withRevisionLocked(file).orElseThrow();
        RevisionEntity revision = row.revision;
        if (revision.state != RevisionState.RECEIVING) {
            return;
        }
        row.received = Math.max(row.received, received);
        row.complete = row.bytes != null && row.received == row.bytes;
        revision.changedAt = clock.instant();
        if (revision.files.stream().allMatch(each -> each.complete)) {
            enter(revision, RevisionState.CHECKING, null);
        }
    }

    /**
     * A file, and its revision with all of its files, as they are once nobody else changes them. The lock comes first: what
     * is read before it stays as it was then, and would be written back over what others have changed meanwhile. Needs a
     * transaction that has not read the revision yet.
     */
    Optional<FileEntity> withRevisionLocked(UUID file) {
        List<?> locked = entities.createNativeQuery("""
                        select r.id from image_revision r join image_file f on f.revision_id = r.id where f.id = :file
                        for update of r""", UUID.class)
                .setParameter("file", file)
                .getResultList();
        return locked.isEmpty() ? Optional.empty() : Optional.ofNullable(entities.find(FileEntity.class, file));
    }

    private ImageEntity locked(UUID id) {
        return Optional.ofNullable(entities.find(ImageEntity.class, id, LockModeType.PESSIMISTIC_WRITE))
                .orElseThrow(() -> new AnemoneException(
                        ErrorCode.NOT_FOUND, "There is no such image, or it is not yours (image: " + id + ")."));
    }

    private RevisionEntity row(ImageEntity image, int number) {
        return entities.createQuery(
                        "from RevisionEntity where image = :image and revision = :number", RevisionEntity.class)
                .setParameter("image", image)
                .setParameter("number", number)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> new AnemoneException(
                        ErrorCode.NOT_FOUND, "There is no such revision (image: " + image.name + "@" + number + ")."));
    }

    /** The only place where a revision's state changes. */
    void enter(RevisionEntity row, RevisionState next, @Nullable String message) {
        if (!row.state.mayBecome(next)) {
            throw wrongState(row, "It cannot become " + next);
        }
        tellVm(row, next, message);
        row.state = next;
        row.message = message;
        row.changedAt = clock.instant();
    }

    private void tellVm(RevisionEntity row, RevisionState next, @Nullable String message) {
        boolean making = row.state == RevisionState.RECEIVING || row.state == RevisionState.CHECKING;
        if (row.savesVm == null || row.savesAttempt == null || !making) {
            return;
        }
        String name = row.image.name + "@" + row.revision;
        String note = switch (next) {
            case RECEIVING, CHECKING -> "its disk has arrived, and is checked before it can be image " + name;
            case ACTIVE, DEPRECATED -> "its disk is saved as image " + name;
            case REFUSED -> "its disk is not saved as image " + name + ": " + message;
            case DELETED -> "its disk is not saved as image " + name + ": that was deleted meanwhile";
        };
        String hint = next == RevisionState.CHECKING ? "It is being saved as " + name + ": its disk is checked." : null;
        news.fire(new SaveNews(new VmId(row.savesVm), row.savesAttempt, note, hint, null));
    }

    private static AnemoneException wrongState(RevisionEntity row, String what) {
        return new AnemoneException(
                ErrorCode.IMAGE_WRONG_STATE,
                what + ": it is " + row.state + " (image: " + row.image.name + "@" + row.revision + ").");
    }

    /** The newest active one, unless the one that is current still is. */
    private void chooseCurrent(ImageEntity image) {
        entities.flush();
        List<Integer> active = entities.createQuery(
                        "select revision from RevisionEntity where image = :image and state = ACTIVE"
                                + " order by revision desc",
                        Integer.class)
                .setParameter("image", image)
                .getResultList();
        if (image.current == null || !active.contains(image.current)) {
            image.current = active.isEmpty() ? null : active.getFirst();
        }
    }
}
