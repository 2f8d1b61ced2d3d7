package io.anemone.orchestrator.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.anemone.core.image.ImageContent.DiskFormat;
import io.anemone.core.image.ImageNeeds;
import io.anemone.core.image.ImageTier;
import io.anemone.core.image.ReadinessProbe;
import io.anemone.orchestrator.identity.Caller;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The worker fetches one file of a revision while another is being brought. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
@SuppressWarnings("NullAway.Init") // injected
class ArrivalRaceTest {

    private static final long BYTES = 4096;

    @Inject
    ImageRegistry registry;

    @Inject
    EntityManager entities;

    @Test
    void lastByteWaitsForTheWorker_whatTheWorkerChangedStays() throws Exception {
        // Given
        RevisionRecord made = registry.begin(wanted(), new Caller("race", false));
        UUID kernel = made.file(FileRole.KERNEL).orElseThrow().id();
        UUID disk = made.file(FileRole.DISK).orElseThrow().id();
        QuarkusTransaction.requiringNew().run(() -> change("""
                update image_revision set claimed_by = gen_random_uuid(), claimed_until = now() + interval '1 hour'
                where id = :id""", made.id()));

        // When
        QuarkusTransaction.begin();
        change("update image_revision set claimed_by = null, tries = 7 where id = :id", made.id());
        change("update image_file set complete = true, received = bytes where id = :id", kernel);
        CompletableFuture<Void> arrival = CompletableFuture.runAsync(() -> registry.arrived(disk, BYTES));
        await().until(this::somebodyWaitsForALock);
        QuarkusTransaction.commit();
        arrival.get(20, TimeUnit.SECONDS);

        // Then
        assertThat(text(
                        "select state || ' ' || tries || ' ' || (claimed_by is null) from image_revision where id = :id",
                        made))
                .isEqualTo("CHECKING 7 true");
        registry.delete(made.image().id(), made.number());
    }

    private static NewRevision wanted() {
        return new NewRevision(
                "race/disk",
                "race",
                ImageTier.USER,
                new RevisionRecord.Description(
                        "Two files",
                        "root=/dev/vda",
                        DiskFormat.RAW,
                        "root",
                        new ReadinessProbe(
                                ReadinessProbe.Kind.NONE, Duration.ofSeconds(1), null, ReadinessProbe.OnTimeout.TELL),
                        new ImageNeeds(128, 1, ImageNeeds.Architecture.X86_64)),
                List.of(
                        new NewRevision.NewFile(FileRole.KERNEL, BYTES, null, null),
                        new NewRevision.NewFile(FileRole.DISK, BYTES, null, null)));
    }

    private boolean somebodyWaitsForALock() {
        return QuarkusTransaction.requiringNew().call(() -> (Boolean)
                entities.createNativeQuery("select count(*) > 0 from pg_locks where not granted", Boolean.class)
                        .getSingleResult());
    }

    private void change(String sql, UUID id) {
        assertThat(entities.createNativeQuery(sql).setParameter("id", id).executeUpdate())
                .isEqualTo(1);
    }

    private String text(String sql, RevisionRecord of) {
        return QuarkusTransaction.requiringNew().call(() -> (String) entities.createNativeQuery(sql, String.class)
                .setParameter("id", of.id())
                .getSingleResult());
    }
}
