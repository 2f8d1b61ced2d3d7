package io.anemone.orchestrator.image;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;

/**
 * What content is kept. A file is written down before it is there and struck out after it is gone, and one that is being
 * removed is taken by nobody: so two orchestrators, one that removes and one that has just received the same content, do
 * not lose it.
 */
@ApplicationScoped
class BlobStore {

    /** Needed by a revision that can be booted or is being checked, or by a VM that is not over. */
    private static final String NEEDED = """
            exists (select 1 from image_file f join image_revision r on r.id = f.revision_id join image i on i.id = r.image_id
                    where f.sha256 = b.sha256
                      and (r.state in ('CHECKING', 'ACTIVE', 'DEPRECATED')
                           or exists (select 1 from vm where vm.image = i.name || '@' || r.revision
                                      and vm.phase not in ('STOPPED', 'FAILED'))))""";

    private final EntityManager entities;

    BlobStore(EntityManager entities) {
        this.entities = entities;
    }

    /** @return false while that content is being removed: try again later */
    @Transactional
    boolean rely(String sha256) {
        entities.createNativeQuery("""
                        insert into image_blob (sha256, used_at) values (:sha256, clock_timestamp())
                        on conflict (sha256) do update set used_at = clock_timestamp() where not image_blob.removing""").setParameter("sha256", sha256).executeUpdate();
        return !entities.createNativeQuery(
                        "select sha256 from image_blob where sha256 = :sha256 and not removing", String.class)
                .setParameter("sha256", sha256)
                .getResultList()
                .isEmpty();
    }

    /** Content that nothing needs and nobody relied on lately. From now on nobody takes it. */
    @Transactional
    List<String> toRemove(Duration keep) {
        entities.createNativeQuery(
                        "update image_blob b set used_at = clock_timestamp() where not removing and " + NEEDED)
                .executeUpdate();
        List<?> found = entities.createNativeQuery("""
                        update image_blob b set removing = true, used_at = clock_timestamp()
                        where sha256 in (select sha256 from image_blob
                                         where used_at < clock_timestamp() - make_interval(secs => :keep)
                                         limit 100 for update skip locked)
                          and not
                        """ + NEEDED + " returning sha256", String.class)
                .setParameter("keep", (double) keep.toSeconds())
                .getResultList();
        return found.stream().map(String.class::cast).toList();
    }

    /** Asked right before the file goes: another orchestrator may have removed it, and the content have come again. */
    @Transactional
    boolean removing(String sha256) {
        return !entities.createNativeQuery(
                        "select sha256 from image_blob where sha256 = :sha256 and removing", String.class)
                .setParameter("sha256", sha256)
                .getResultList()
                .isEmpty();
    }

    @Transactional
    void removed(String sha256) {
        entities.createNativeQuery("delete from image_blob where sha256 = :sha256 and removing")
                .setParameter("sha256", sha256)
                .executeUpdate();
    }
}
