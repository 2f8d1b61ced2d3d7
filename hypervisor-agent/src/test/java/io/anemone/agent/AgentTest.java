package io.anemone.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.anemone.agent.files.JobDirectory;
import io.anemone.agent.files.SessionSecret;
import io.anemone.agent.link.WebSocketLink;
import io.anemone.agent.link.WireJson;
import io.anemone.agent.stub.StubOrchestrator;
import io.anemone.agent.vm.Rig;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.Sighting.Ending;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.wire.Acceleration;
import io.anemone.core.wire.AgentExit;
import io.anemone.core.wire.AgentMode;
import io.anemone.core.wire.Join;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent with a fake hypervisor, over a real WebSocket. */
class AgentTest {

    private static final int LIMIT_SECONDS = 30;

    @TempDir
    Path state;

    private final Rig rig = new Rig(task -> Thread.ofVirtual().start(task));
    private final DomainId id = Guests.id();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final StubOrchestrator orchestrator;
    private Agent agent;
    private WebSocketLink link;

    AgentTest() throws InterruptedException {
        orchestrator = new StubOrchestrator(0);
    }

    @BeforeEach
    void start() throws Exception {
        AgentConfig config = config(AgentMode.SESSION);
        make(config, JobDirectory.open(config));
    }

    private AgentConfig config(AgentMode mode) {
        return new AgentConfig(
                List.of(orchestrator.url()),
                mode,
                Guests.JOB,
                "n1",
                null,
                state,
                state,
                CacheConfig.of(Map.of(), state),
                state,
                null,
                state.resolve("vendor-data"),
                Duration.ofSeconds(60),
                false);
    }

    private void make(AgentConfig config, SessionSecret secret) {
        agent = new Agent(
                config,
                secret,
                () -> new Join.WithToken(LeaseId.parse(StubOrchestrator.LEASE), "the-token"),
                new LogEvents(),
                rig.parts,
                (order, ssh) -> {},
                CompletableFuture.completedFuture(Acceleration.EMULATION));
        link = new WebSocketLink(List.of(orchestrator.url()), agent, new WireJson());
    }

    @AfterEach
    void stop() throws Exception {
        link.close();
        thread.shutdownNow();
        orchestrator.close();
    }

    private Future<AgentExit> run() {
        link.start();
        return thread.submit(() -> agent.run(link, () -> {}));
    }

    private void desireVm() throws Exception {
        String vm = new WireJson().writeValue(Guests.desired(id));
        orchestrator.desire("[" + vm + "]", "[]");
    }

    private void awaitPhase(String phase) {
        await().atMost(Duration.ofSeconds(LIMIT_SECONDS))
                .untilAsserted(() -> assertThat(orchestrator
                                .lastReportOf(id.vm().toString())
                                .path("phase")
                                .asText())
                        .isEqualTo(phase));
    }

    private void awaitHellos(int count) {
        await().atMost(Duration.ofSeconds(LIMIT_SECONDS))
                .until(() -> orchestrator.received("hello").size() >= count);
    }

    @Test
    void joins_reportsProgressAndEndsWithItsVm() throws Exception {
        // Given
        desireVm();
        rig.guestReady.set(true);

        // When
        Future<AgentExit> exit = run();
        awaitPhase("READY");
        rig.hypervisor.ends(id, Ending.POWERED_OFF);
        awaitPhase("ENDED");
        orchestrator.desire("[]", "[]");

        // Then
        assertThat(exit.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(AgentExit.DONE);
        assertThat(orchestrator.paths()).containsExactly("/agent/v1");
        assertThat(orchestrator.lastReportOf(id.vm().toString()).path("reason").asText())
                .isEqualTo("GUEST");
    }

    @Test
    void guestCrashes_exitsWithVmFailedEvenWithoutAnAnswer() throws Exception {
        // Given
        desireVm();
        Future<AgentExit> exit = run();
        awaitPhase("RUNNING");

        // When
        rig.hypervisor.ends(id, Ending.CRASHED);
        awaitPhase("ENDED");
        // The orchestrator never answers; by the test's clock the wait for it is over.
        rig.clock.advance(Duration.ofSeconds(6));

        // Then
        assertThat(exit.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(AgentExit.VM_FAILED);
    }

    @Test
    void connectionLost_joinsAgainByItsSecretAndGuestsRunOn() throws Exception {
        // Given
        desireVm();
        run();
        awaitPhase("RUNNING");

        // When
        orchestrator.drop();
        awaitHellos(2);

        // Then
        List<JsonNode> hellos = orchestrator.received("hello");
        assertThat(hellos.get(0).at("/body/join/type").asText()).isEqualTo("token");
        assertThat(hellos.get(1).at("/body/join/type").asText()).isEqualTo("again");
        assertThat(hellos.get(1).at("/body/join/body/secret").asText()).isEqualTo(StubOrchestrator.SECRET);
        assertThat(hellos.get(1).at("/body/vms/0/phase").asText()).isEqualTo("RUNNING");
        assertThat(rig.hypervisor.created()).containsExactly(id);
    }

    @Test
    void connectionLostAfterTheDiskWasFull_joinsAgainByItsSecretAllTheSame() throws Exception {
        // Given
        link.close();
        make(config(AgentMode.SESSION), new FullDisk());
        run();
        awaitHellos(1);
        await().atMost(Duration.ofSeconds(LIMIT_SECONDS))
                .until(() -> agent.lease().epoch() > 0);

        // When
        orchestrator.drop();
        awaitHellos(2);

        // Then
        assertThat(orchestrator
                        .received("hello")
                        .get(1)
                        .at("/body/join/body/secret")
                        .asText())
                .isEqualTo(StubOrchestrator.SECRET);
    }

    private static final class FullDisk implements SessionSecret {
        @Override
        public Optional<List<String>> secret() {
            return Optional.empty();
        }

        @Override
        public void keepSecret(String lease, String secret) throws IOException {
            throw new IOException("No space left on device");
        }
    }

    @Test
    void refusedAtTheFirstJoin_exitsAsRefused() throws Exception {
        // Given
        orchestrator.refusesWith("CREDENTIAL_INVALID");

        // When, Then
        assertThat(run().get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(AgentExit.REFUSED);
    }

    @Test
    void leaseOverOnReturn_endsItsGuestsAndExits() throws Exception {
        // Given
        desireVm();
        Future<AgentExit> exit = run();
        awaitPhase("RUNNING");

        // When
        orchestrator.refusesWith("LEASE_OVER");
        orchestrator.drop();

        // Then
        assertThat(exit.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(AgentExit.LEASE_ENDED);
        assertThat(rig.hypervisor.exists(id)).isFalse();
    }

    @Test
    void toldBySignal_endsItsGuestsReportsAndExits() throws Exception {
        // Given
        desireVm();
        Future<AgentExit> exit = run();
        awaitPhase("RUNNING");

        // When
        agent.terminate();

        // Then
        assertThat(exit.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(AgentExit.LEASE_ENDED);
        assertThat(rig.hypervisor.exists(id)).isFalse();
        awaitPhase("ENDED");
        assertThat(orchestrator.lastReportOf(id.vm().toString()).path("reason").asText())
                .isEqualTo("LEASE_LOST");
    }

    @Test
    void poolLeaseReleased_exitsDone() throws Exception {
        // Given
        link.close();
        AgentConfig config = config(AgentMode.SYSTEM);
        make(config, JobDirectory.open(config));
        desireVm();
        Future<AgentExit> exit = run();
        awaitPhase("RUNNING");
        rig.hypervisor.ends(id, Ending.POWERED_OFF);
        awaitPhase("ENDED");
        orchestrator.desire("[]", "[]");
        assertThat(exit).isNotDone();

        // When
        orchestrator.release();

        // Then
        assertThat(exit.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(AgentExit.DONE);
    }
}
