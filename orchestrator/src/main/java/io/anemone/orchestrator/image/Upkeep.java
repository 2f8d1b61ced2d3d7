package io.anemone.orchestrator.image;

import io.anemone.orchestrator.time.Signal;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Gives up uploads that nothing arrives for, and removes files that nothing needs any more. */
@ApplicationScoped
class Upkeep {

    private static final Logger LOG = Logger.getLogger(Upkeep.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final EntityManager entities;
    private final ImageRegistry registry;
    private final BlobStore blobs;
    private final ImageStorage storage;
    private final ImageConfig config;
    private final Clock clock;
    private final Signal signal = new Signal();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("image-upkeep").unstarted(this::run);

    Upkeep(
            EntityManager entities,
            ImageRegistry registry,
            BlobStore blobs,
            ImageStorage storage,
            ImageConfig config,
            Clock clock) {
        this.entities = entities;
        this.registry = registry;
        this.blobs = blobs;
        this.storage = storage;
        this.config = config;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        thread.interrupt();
    }

    private void run() {
        while (signal.await(INTERVAL)) {
            try {
                tidy();
            } catch (IOException | RuntimeException e) {
                LOG.warnf(e, "files of images could not be tidied; trying again");
            }
        }
    }

    void tidy() throws IOException {
        expired().forEach(revision -> {
            LOG.infof("an upload is given up image=%s@%d", revision.image().name(), revision.number());
            registry.delete(revision.image().id(), revision.number());
        });
        // Read before the rows: what begins in between is not there to be found
        List<UUID> parts = storage.parts();
        Set<UUID> wanted = wantedParts();
        for (UUID part : parts) {
            if (!wanted.contains(part)) {
                storage.removePart(part);
            }
        }
        for (String sha256 : blobs.toRemove(config.limits().keep())) {
            if (blobs.removing(sha256)) {
                storage.removeBlob(sha256);
                blobs.removed(sha256);
            }
        }
    }

    /** An import whose orchestrators all failed is given up like an upload that nobody goes on with. */
    @Transactional
    List<RevisionRecord> expired() {
        Instant before = clock.instant().minus(config.limits().expiry());
        return entities.createQuery(
                        "from RevisionEntity where state = RECEIVING and changedAt < :before", RevisionEntity.class)
                .setParameter("before", before)
                .getResultStream()
                .map(RevisionRows::record)
                .toList();
    }

    @Transactional
    Set<UUID> wantedParts() {
        List<?> ids = entities.createNativeQuery("""
                        select f.id from image_file f join image_revision r on r.id = f.revision_id
                        where r.state in ('RECEIVING', 'CHECKING')""", UUID.class).getResultList();
        return ids.stream().map(UUID.class::cast).collect(Collectors.toUnmodifiableSet());
    }
}
