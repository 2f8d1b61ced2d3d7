package io.anemone.orchestrator.image;

import io.anemone.orchestrator.time.Signal;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Gives up disks that will not come: their guests are over, or nobody has said anything of them for long. */
@ApplicationScoped
class SaveWatch {

    private static final Logger LOG = Logger.getLogger(SaveWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final EntityManager entities;
    private final ImageRegistry registry;
    private final ImageConfig config;
    private final Clock clock;
    private final Signal signal = new Signal();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("image-saves").unstarted(this::run);

    SaveWatch(EntityManager entities, ImageRegistry registry, ImageConfig config, Clock clock) {
        this.entities = entities;
        this.registry = registry;
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
                lapse();
            } catch (RuntimeException e) {
                LOG.warnf(e, "disks that are being saved cannot be looked after; trying again");
            }
        }
    }

    /** An attempt that is over brings nothing any more; what has come whole is checked whatever becomes of its guest. */
    @Transactional
    void lapse() {
        List<?> ended = entities.createNativeQuery("""
                        select r.id, vm_over from image_revision r
                        join image_file f on f.revision_id = r.id and f.role = 'DISK'
                        cross join lateral (select exists (
                            select 1 from vm where vm.id = r.saves_vm
                            and (vm.attempt <> r.saves_attempt
                                 or vm.phase in ('PENDING', 'QUEUED', 'SUSPENDED', 'STOPPED', 'FAILED'))) as vm_over) v
                        where r.state = 'RECEIVING' and r.saves_vm is not null and not f.complete
                        and (vm_over or r.changed_at < :before)
                        for update of r skip locked""", Object[].class)
                .setParameter("before", clock.instant().minus(config.limits().saveSilence()))
                .getResultList();
        for (Object row : ended) {
            Object[] save = (Object[]) row;
            refuse((UUID) save[0], (boolean) save[1]);
        }
    }

    private void refuse(UUID id, boolean over) {
        RevisionEntity row = Objects.requireNonNull(entities.find(RevisionEntity.class, id));
        entities.refresh(row);
        registry.enter(
                row,
                RevisionState.REFUSED,
                over
                        ? "The VM was over before its disk was here: save one that runs on."
                        : "Its node has not gone on with it for too long: ask for it again, or for another node.");
    }
}
