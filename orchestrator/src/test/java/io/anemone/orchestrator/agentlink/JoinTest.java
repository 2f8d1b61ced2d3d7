package io.anemone.orchestrator.agentlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeasePhase;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.vm.GuestFacts;
import io.anemone.core.vm.Phase;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.AgentMessage;
import io.anemone.core.wire.AgentPhase;
import io.anemone.core.wire.Join;
import io.anemone.core.wire.OrchestratorMessage.Refused;
import io.anemone.core.wire.VmReport;
import io.anemone.core.wire.VmUsage;
import io.anemone.orchestrator.lease.LeaseContacts;
import io.anemone.orchestrator.lease.LeaseRecord;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may speak for a lease. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
@SuppressWarnings("NullAway.Init") // injected, or before each
class JoinTest {

    @Inject
    World world;

    @Inject
    LeaseContacts contacts;

    private VmId vm;
    private LeaseRecord lease;
    private TestAgent agent;

    @BeforeEach
    void jobRuns() {
        world.clearsTheNodes();
        vm = world.asksForScheduledVm("ada");
        lease = world.leaseOf(vm);
        agent = world.startsJobOf(lease);
    }

    @AfterEach
    void jobEnds() {
        agent.close();
        world.scheduler.isUp();
        world.scheduler.cancel(world.jobOf(lease).id(), "ada");
        world.leaseBecomes(lease, LeasePhase.RELEASED);
    }

    private void isRefused(Refused refused, ErrorCode code, boolean retry) {
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.retry()).isEqualTo(retry);
        assertThat(refused.message()).doesNotContain(world.tokenOf(lease).token());
    }

    @Test
    void wrongToken_isRefused() {
        Refused refused = agent.hello(new Join.WithToken(lease.id(), "guess")).refused();
        isRefused(refused, ErrorCode.CREDENTIAL_INVALID, false);
        assertThat(world.vm(vm).phase()).isEqualTo(Phase.QUEUED);
    }

    @Test
    void tokenOfAnotherLease_isRefused() {
        LeaseId other = new LeaseId(UUID.randomUUID());
        Refused refused = agent.hello(
                        new Join.WithToken(other, world.tokenOf(lease).token()))
                .refused();
        isRefused(refused, ErrorCode.CREDENTIAL_INVALID, false);
    }

    @Test
    void tokenFromAnotherJob_isRefused() {
        // Given
        String other = world.scheduler.runsJobOf("ada", "n3", 1, 512, Duration.ofHours(1));

        // When
        Refused refused = new TestAgent(world.site, other, "n3")
                .hello(world.tokenOf(lease))
                .refused();

        // Then
        isRefused(refused, ErrorCode.CREDENTIAL_MISMATCH, false);
    }

    @Test
    void tokenFromAnotherNode_isRefused() {
        Refused refused = new TestAgent(world.site, world.jobOf(lease).id(), "elsewhere")
                .hello(world.tokenOf(lease))
                .refused();
        isRefused(refused, ErrorCode.JOB_NOT_ON_NODE, false);
    }

    @Test
    void schedulerDown_mayBeTriedAgain() {
        world.scheduler.isDown();
        Refused refused = agent.hello(world.tokenOf(lease)).refused();
        isRefused(refused, ErrorCode.SCHEDULER_UNAVAILABLE, true);
    }

    @Test
    void tokenWhoseAnswerWasLost_isTakenAgain_untilTheSecretWasUsed() {
        // Given
        agent.joins(world.tokenOf(lease));

        // When
        TestAgent second = world.agentOf(lease).joins(world.tokenOf(lease));

        // Then
        assertThat(second.welcome().secret()).isEqualTo(agent.welcome().secret());
        second.toRun(vm);
        second.reports(vm, 1, AgentPhase.READY);
        world.vmBecomes(vm, Phase.READY);
        Refused third = world.agentOf(lease).hello(world.tokenOf(lease)).refused();
        isRefused(third, ErrorCode.CREDENTIAL_INVALID, false);
        second.close();
    }

    /** As when the first hello of an agent was long under way, and it has tried once more meanwhile. */
    @Test
    void helloThatComesLate_doesNotLockOutTheAgentThatJoinedSince() {
        // Given
        agent.joins(world.tokenOf(lease));
        TestAgent late = world.agentOf(lease).joins(world.tokenOf(lease));
        late.close();

        // When
        TestAgent back = world.agentOf(lease).joins(agent.again());

        // Then
        back.toRun(vm);
        back.close();
    }

    /** As when an operator has the job requeued: what it ran died with its first run. */
    @Test
    void anotherRunOfTheLeasesJob_isRefused() {
        // Given
        agent.joins(world.tokenOf(lease));
        String job = world.jobOf(lease).id();
        String node = Objects.requireNonNull(world.jobOf(lease).node());

        // When
        await().pollDelay(Duration.ofMillis(1100)).until(() -> true);
        world.scheduler.putBack(job);
        world.scheduler.startOn(job, node);
        Refused refused = world.agentOf(lease).hello(world.tokenOf(lease)).refused();

        // Then
        isRefused(refused, ErrorCode.LEASE_OVER, false);
    }

    @Test
    void wrongSecret_isRefused() {
        agent.joins(world.tokenOf(lease));
        Refused refused =
                world.agentOf(lease).hello(new Join.Again(lease.id(), "guess")).refused();
        isRefused(refused, ErrorCode.CREDENTIAL_INVALID, false);
    }

    @Test
    void secretFromAnotherJob_isRefused() {
        agent.joins(world.tokenOf(lease));
        Refused refused =
                new TestAgent(world.site, "4711", "n1").hello(agent.again()).refused();
        isRefused(refused, ErrorCode.CREDENTIAL_MISMATCH, false);
    }

    @Test
    void agentThatComesBack_replacesItsOldConnection_whichIsNotHeardAnyMore() {
        // Given
        agent.joins(world.tokenOf(lease));
        agent.toRun(vm);
        agent.reports(vm, 1, AgentPhase.READY);
        world.vmBecomes(vm, Phase.READY);

        // When
        TestAgent back = world.agentOf(lease);
        back.know(agent);
        back.joins(agent.again());

        // Then
        assertThat(agent.closeCode()).isEqualTo(4000);
        assertThat(back.welcome().epoch()).isEqualTo(agent.welcome().epoch() + 1);
        assertThat(back.toRun(vm).attempt()).isEqualTo(1);
        // Of the epoch before: passed over.
        back.send(new AgentMessage.Report(
                agent.welcome().epoch(),
                List.of(new VmReport(
                        vm,
                        1,
                        AgentPhase.ENDED,
                        null,
                        null,
                        null,
                        StopReason.GUEST,
                        null,
                        "old news",
                        List.of(),
                        false,
                        null)),
                null));
        back.reports(vm, 1, AgentPhase.READY);
        await().atMost(World.PATIENCE).until(() -> contacts.confirmed(lease.id()));
        assertThat(world.vm(vm).phase()).isEqualTo(Phase.READY);
        assertThat(world.leases.find(lease.id()).orElseThrow().contact().connected())
                .isTrue();
        back.close();
    }

    @Test
    void restartedAgentThatAdopted_isNotedOnce() {
        // Given
        agent.joins(world.tokenOf(lease));
        agent.toRun(vm);
        agent.reports(vm, 1, AgentPhase.READY);
        world.vmBecomes(vm, Phase.READY);

        // When
        TestAgent back = world.agentOf(lease);
        back.know(agent);
        back.joins(agent.again());
        VmReport adopted =
                new VmReport(vm, 1, AgentPhase.READY, null, null, null, null, null, "", List.of("changed"), true, null);
        back.report(adopted);
        back.report(adopted);

        // Then
        await().atMost(World.PATIENCE).until(() -> world.vm(vm).warnings().equals(List.of("changed")));
        assertThat(world.notesOf(vm).stream().filter(note -> note.contains("took the domain over")))
                .hasSize(1);
        back.close();
    }

    @Test
    void attemptThatIsOverHere_isStoppedWhereItIsReported() {
        // Given: an agent that still runs an attempt which is not this VM's any more
        agent.joins(world.tokenOf(lease));
        agent.toRun(vm);

        // When
        agent.reports(vm, 7, AgentPhase.RUNNING);

        // Then
        assertThat(agent.toStop(vm).attempt()).isEqualTo(7);
    }

    @Test
    void attemptOfAVmUnheardOf_isLeftAlone() {
        // Given
        agent.joins(world.tokenOf(lease));
        agent.toRun(vm);
        VmId unknown = new VmId(UUID.randomUUID());

        // When
        agent.reports(unknown, 1, AgentPhase.RUNNING);
        agent.reports(vm, 3, AgentPhase.RUNNING);

        // Then
        assertThat(agent.desired(orders -> !orders.stop().isEmpty()).stop())
                .allSatisfy(order -> assertThat(order.vm()).isEqualTo(vm));
    }

    @Test
    void console_isKept() {
        // Given
        agent.joins(world.tokenOf(lease));
        agent.toRun(vm);

        // When
        agent.send(new AgentMessage.Console(vm, 1, 0, "aGVsbG8g"));
        agent.send(new AgentMessage.Console(vm, 1, 6, "d29ybGQ="));
        agent.send(new AgentMessage.Console(vm, 1, 6, "not base64!"));

        // Then
        await().atMost(World.PATIENCE).until(() -> world.consoles.tail(vm).equals("hello world"));
    }

    @Test
    void guestsOwnWords_areKeptAsBoundedPlainText() {
        // Given
        agent.joins(world.tokenOf(lease));
        agent.toRun(vm);

        // When
        agent.send(new AgentMessage.Guest(
                vm,
                1,
                new GuestFacts(
                        "web\u001b[2J", "x".repeat(5_000), null, Collections.nCopies(500, "10.0.2.15"), List.of())));

        // Then
        await().atMost(World.PATIENCE)
                .untilAsserted(() ->
                        assertThat(world.query.find(vm).orElseThrow().guest()).isNotNull());
        GuestFacts kept =
                Objects.requireNonNull(world.query.find(vm).orElseThrow().guest());
        assertThat(kept.hostname()).isEqualTo("web [2J");
        assertThat(kept.os()).hasSizeLessThan(200);
        assertThat(kept.addresses()).hasSize(GuestFacts.MAX_ADDRESSES);
    }

    @Test
    void usage_isKeptSparselyAndOnlyOfWhatIsOnTheLease() {
        // Given
        agent.joins(world.tokenOf(lease));
        agent.toRun(vm);
        VmId foreign = new VmId(UUID.randomUUID());
        Instant now = Instant.now();

        // When
        for (int i = 0; i < 20; i++) {
            agent.send(new AgentMessage.Usage(List.of(
                    new VmUsage(foreign, 1, now.plusMillis(i), 5, null, null, null, null, null),
                    new VmUsage(vm, 2, now.plusMillis(i), 5, null, null, null, null, null),
                    new VmUsage(vm, 1, now.plusMillis(i), 5, -1L, 7L, null, null, null))));
        }
        agent.send(new AgentMessage.Guest(vm, 1, new GuestFacts("last", null, null, List.of(), List.of())));

        // Then
        await().atMost(World.PATIENCE)
                .untilAsserted(() ->
                        assertThat(world.query.find(vm).orElseThrow().guest()).isNotNull());
        assertThat(world.usageRows(foreign)).isZero();
        assertThat(world.usageRows(vm)).isEqualTo(1);
    }

    @Test
    void nonsense_endsTheConnection() {
        agent.sendText("{\"type\":\"report\",\"body\":{\"epoch\":1,\"vms\":[]}}");
        assertThat(agent.refused().code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(agent.closeCode()).isEqualTo(1000);
        TestAgent other = world.agentOf(lease);
        other.sendText("GET / HTTP/1.1");
        assertThat(other.refused().code()).isEqualTo(ErrorCode.MALFORMED_REQUEST);
    }

    @Test
    void leaseThatIsOver_sendsItsAgentAway() {
        // Given
        agent.joins(world.tokenOf(lease));
        JobView job = world.jobOf(lease);

        // When
        world.scheduler.cancel(job.id(), "ada");

        // Then
        isRefused(agent.refused(), ErrorCode.LEASE_OVER, false);
        TestAgent late = new TestAgent(world.site, job.id(), Objects.requireNonNull(job.node()));
        isRefused(late.hello(agent.again()).refused(), ErrorCode.LEASE_OVER, false);
    }
}
