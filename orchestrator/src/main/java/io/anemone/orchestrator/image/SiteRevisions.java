package io.anemone.orchestrator.image;

import io.anemone.core.image.ImageDefinition;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Numbers what is found in the site's image directory: the same content of an image has the same number for ever and to
 * all orchestrators, another content another one.
 */
@ApplicationScoped
class SiteRevisions {

    private record Content(String name, String digest) {}

    private final EntityManager entities;
    private final Clock clock;
    private final Map<Content, Integer> known = new ConcurrentHashMap<>();

    SiteRevisions(EntityManager entities, Clock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    ImageDefinition numbered(ImageDefinition image) {
        Content content = new Content(image.name(), image.content().digest());
        Integer number = known.get(content);
        if (number == null) {
            // In a transaction of its own: what is remembered here must not be undone with the caller's
            number = QuarkusTransaction.requiringNew().call(() -> number(content));
            known.put(content, number);
        }
        return new ImageDefinition(
                image.name(),
                number,
                image.description(),
                image.content(),
                image.defaultUser(),
                image.readiness(),
                image.needs(),
                image.tier());
    }

    private int number(Content content) {
        entities.createNativeQuery(
                        "select cast(pg_advisory_xact_lock(hashtext('site image ' || :name)) as text)", String.class)
                .setParameter("name", content.name())
                .getResultList();
        entities.createNativeQuery("""
                        insert into site_image_revision (name, revision, digest, seen_at)
                        select :name, coalesce(max(revision), 0) + 1, :digest, :now
                        from site_image_revision where name = :name
                        on conflict on constraint site_image_content do nothing""")
                .setParameter("name", content.name())
                .setParameter("digest", content.digest())
                .setParameter("now", clock.instant())
                .executeUpdate();
        return (Integer) entities.createNativeQuery(
                        "select revision from site_image_revision where name = :name and digest = :digest",
                        Integer.class)
                .setParameter("name", content.name())
                .setParameter("digest", content.digest())
                .getSingleResult();
    }
}
