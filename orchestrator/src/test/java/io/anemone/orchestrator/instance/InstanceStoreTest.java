package io.anemone.orchestrator.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.orchestrator.testing.Orchestrators;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing is committed, so that the running service's own heartbeat does not see it. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
@SuppressWarnings("NullAway.Init") // injected
class InstanceStoreTest {

    @Inject
    InstanceStore instances;

    @Inject
    EntityManager entities;

    @Inject
    Orchestrators orchestrators;

    @BeforeEach
    void begin() {
        QuarkusTransaction.begin();
    }

    @AfterEach
    void rollBack() {
        QuarkusTransaction.rollback();
    }

    /** @param seenAt an SQL expression */
    private UUID lastSeen(String seenAt) {
        UUID id = UUID.randomUUID();
        entities.createNativeQuery(
                        "insert into orchestrator (id, host, started_at, seen_at) values (:id, 'elsewhere', now(), "
                                + seenAt + ")")
                .setParameter("id", id)
                .executeUpdate();
        return id;
    }

    private boolean known(UUID id) {
        return !entities.createNativeQuery("select id from orchestrator where id = :id", UUID.class)
                .setParameter("id", id)
                .getResultList()
                .isEmpty();
    }

    @Test
    void oneWithoutASession_whileTheDatabaseWentOn_hasEnded() {
        UUID killed = lastSeen("clock_timestamp() - interval '4 seconds'");
        instances.buryEnded();
        assertThat(known(killed)).isFalse();
    }

    @Test
    void oneThatMissedNoBeatYet_hasNotEndedForCertain() {
        UUID busy = lastSeen("clock_timestamp() - interval '2 seconds'");
        instances.buryEnded();
        assertThat(known(busy)).isTrue();
    }

    @Test
    void oneThatHasASession_isFrozenAtMost() throws Exception {
        UUID frozen = lastSeen("clock_timestamp() - interval '4 seconds'");
        try (Connection session = orchestrators.connection();
                Statement statement = session.createStatement()) {
            statement.execute("set application_name = '" + Instance.SESSION_PREFIX + frozen + "'");
            instances.buryEnded();
        }
        assertThat(known(frozen)).isTrue();
    }

    @Test
    void oneThatWasSeenBeforeTheDatabaseStartedAnew_mayBeAboutToComeBack() {
        // Given
        UUID cutOff = lastSeen("pg_postmaster_start_time() - interval '1 second'");

        // When, Then
        instances.buryEnded();
        assertThat(known(cutOff)).isTrue();

        // And when: it had the time
        instances.bury();
        assertThat(known(cutOff)).isFalse();
    }
}
