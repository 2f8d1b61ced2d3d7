package io.anemone.orchestrator.agentlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.anemone.core.vm.Phase;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.AgentMessage;
import io.anemone.core.wire.AgentPhase;
import io.anemone.orchestrator.lease.LeaseRecord;
import io.anemone.orchestrator.testing.Orchestrators;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An agent that moves between orchestrators is heard where it is, and nowhere else. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
@SuppressWarnings("NullAway.Init") // injected, or before each
class TwoOrchestratorsTest {

    private static final int TOMORROW = -86_400;

    @Inject
    World world;

    @Inject
    Orchestrators orchestrators;

    private VmId vm;
    private LeaseRecord lease;
    private TestAgent agent;

    @BeforeEach
    void agentIsHere() {
        world.clearsTheNodes();
        vm = world.asksForScheduledVm("ada");
        lease = world.leaseOf(vm);
        agent = world.startsJobOf(lease).joins(world.tokenOf(lease));
        agent.toRun(vm);
    }

    @AfterEach
    void jobEnds() {
        agent.close();
        orchestrators.allDie();
        world.clearsTheNodes();
    }

    private void joinsElsewhere(UUID orchestrator) {
        orchestrators.execute("update lease set epoch = epoch + 1, connected_to = '" + orchestrator + "' where id = '"
                + lease.id() + "'");
    }

    private boolean connected() {
        return world.leases.find(lease.id()).orElseThrow().contact().connected();
    }

    @Test
    void agentThatJoinedElsewhere_isNotHeardHereAnyMore() {
        // When
        joinsElsewhere(orchestrators.another(TOMORROW));
        agent.send(new AgentMessage.Console(vm, 1, 0, "b2xk"));
        agent.reports(vm, 1, AgentPhase.READY);

        // Then
        assertThat(agent.closeCode()).isEqualTo(4000);
        assertThat(world.vm(vm).phase()).isEqualTo(Phase.PLACED);
        assertThat(world.consoles.tail(vm)).isEmpty();
        assertThat(connected()).isTrue();
    }

    @Test
    void silentAgentThatJoinedElsewhere_isSentAwayAllTheSame() {
        joinsElsewhere(orchestrators.another(TOMORROW));
        assertThat(agent.closeCode()).isEqualTo(4000);
        assertThat(connected()).isTrue();
    }

    @Test
    void agentOfADeadOrchestrator_isNotConnected_andComesBackHere() {
        // Given
        UUID dead = orchestrators.another(60);
        joinsElsewhere(dead);
        assertThat(agent.closeCode()).isEqualTo(4000);

        // When
        await().atMost(World.PATIENCE).until(() -> !connected());

        // Then
        assertThat(orchestrators.known(dead)).isFalse();
        assertThat(world.notesOf(vm)).contains("the connection to the agent is lost");

        // And when
        TestAgent back = world.agentOf(lease).joins(agent.again());
        back.reports(vm, 1, AgentPhase.READY);

        // Then
        world.vmBecomes(vm, Phase.READY);
        assertThat(connected()).isTrue();
        back.close();
    }

    @Test
    void orchestratorThatTheOthersGaveUp_sendsItsAgentsToJoinAnew() {
        // When: what another one does after 10 s of silence
        orchestrators.execute("update lease set connected_to = null");
        orchestrators.execute("delete from orchestrator");

        // Then
        assertThat(agent.closeCode()).isEqualTo(4002);
        TestAgent back = world.agentOf(lease).joins(agent.again());
        back.reports(vm, 1, AgentPhase.READY);
        world.vmBecomes(vm, Phase.READY);
        assertThat(connected()).isTrue();
        back.close();
    }
}
