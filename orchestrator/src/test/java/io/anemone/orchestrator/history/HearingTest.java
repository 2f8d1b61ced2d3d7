package io.anemone.orchestrator.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.GuestOptions;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmSize;
import io.anemone.core.vm.VmSpec;
import io.anemone.orchestrator.instance.Heartbeat;
import io.anemone.orchestrator.testing.Orchestrators;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.anemone.orchestrator.vm.VmStore;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** What one orchestrator commits, the others hear of. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
@SuppressWarnings("NullAway.Init") // injected
class HearingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Changes changes;

    @Inject
    Heartbeat heartbeat;

    @Inject
    VmStore vms;

    @Inject
    Orchestrators orchestrators;

    private void told(Connection other, String text) throws SQLException {
        try (Statement statement = other.createStatement()) {
            statement.execute("notify anemone, '" + text + "'");
        }
    }

    private VmId newVm() {
        return vms.create(
                new VmSpec(
                        "web",
                        "hear-ada",
                        null,
                        LaunchPath.STATIC,
                        "micro",
                        new VmSize(1, 256),
                        null,
                        null,
                        "default",
                        List.of(),
                        null,
                        Map.of(),
                        GuestOptions.DEFAULT),
                Optional.empty(),
                "hear-ada");
    }

    @Test
    void whatAnotherOneCommits_isHeard_butIsNotOnesOwn() throws Exception {
        List<Change> heard = new CopyOnWriteArrayList<>();
        List<Change> own = new CopyOnWriteArrayList<>();
        VmId vm = new VmId(UUID.randomUUID());
        LeaseId lease = new LeaseId(UUID.randomUUID());
        UUID another = UUID.randomUUID();
        try (Connection other = orchestrators.connection();
                Changes.Subscription anywhere = changes.subscribe(heard::add);
                Changes.Subscription here = changes.subscribeHere(own::add)) {
            // When
            told(other, "nonsense");
            told(other, another + " vm not-an-id");
            told(other, another + " vm " + vm);
            told(other, another + " lease " + lease);
            told(other, another + " agent " + lease);

            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(heard)
                            .contains(new Change.Vm(vm), new Change.Lease(lease), new Change.AgentSync(lease)));
            assertThat(own).doesNotContain(new Change.Vm(vm));
        }
    }

    @Test
    void connectionThatBreaks_isOpenedAgain_andAnythingMayHaveHappenedMeanwhile() throws Exception {
        List<Change> heard = new CopyOnWriteArrayList<>();
        VmId vm = new VmId(UUID.randomUUID());
        try (Connection other = orchestrators.connection();
                Changes.Subscription subscription = changes.subscribe(heard::add)) {
            // When
            try (Statement statement = other.createStatement()) {
                statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where application_name like 'anemone %'");
            }

            // Then
            await().atMost(PATIENCE).until(() -> heard.contains(new Change.Anything()));
            told(other, UUID.randomUUID() + " vm " + vm);
            await().atMost(PATIENCE).until(() -> heard.contains(new Change.Vm(vm)));
        }
    }

    @Test
    void othersAreTold_ofWhatIsCommitted_andOnlyWhileThereAreOthers() throws Exception {
        try (Connection other = orchestrators.connection();
                Statement statement = other.createStatement()) {
            // Given
            statement.execute("listen anemone");
            UUID another = orchestrators.another(0);
            told(other, another + " here");
            await().atMost(PATIENCE).until(() -> !heartbeat.alone());

            // When
            QuarkusTransaction.begin();
            VmId rolledBack = newVm();
            QuarkusTransaction.rollback();
            VmId committed = newVm();

            // Then
            List<String> texts = new ArrayList<>();
            await().atMost(PATIENCE).until(() -> {
                texts.addAll(notifications(other));
                return texts.stream().anyMatch(text -> text.endsWith(" vm " + committed));
            });
            assertThat(texts).noneMatch(text -> text.endsWith(" vm " + rolledBack));

            // And when: the other one dies
            await().atMost(PATIENCE).until(heartbeat::alone);
            VmId alone = newVm();
            assertThat(notifications(other)).noneMatch(text -> text.endsWith(" vm " + alone));
        }
    }

    private static List<String> notifications(Connection connection) throws SQLException {
        PGNotification[] heard = connection.unwrap(PGConnection.class).getNotifications(200);
        List<String> texts = new ArrayList<>();
        if (heard != null) {
            for (PGNotification notification : heard) {
                texts.add(notification.getParameter());
            }
        }
        return texts;
    }
}
