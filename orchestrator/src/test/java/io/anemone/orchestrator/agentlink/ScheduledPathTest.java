package io.anemone.orchestrator.agentlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.lease.LeaseEnd;
import io.anemone.core.lease.LeasePhase;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.vm.Phase;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmState;
import io.anemone.core.wire.AgentPhase;
import io.anemone.core.wire.DesiredVm;
import io.anemone.core.wire.StopOrder;
import io.anemone.orchestrator.lease.LeaseRecord;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.anemone.orchestrator.vm.VmRecord;
import io.anemone.orchestrator.vm.VmService;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
@SuppressWarnings("NullAway.Init") // injected
class ScheduledPathTest {

    @Inject
    World world;

    @BeforeEach
    void room() {
        world.clearsTheNodes();
    }

    @Inject
    VmService service;

    @AfterEach
    void well() {
        world.scheduler.isUp();
    }

    /** A READY VM and its agent. */
    private record Launched(VmId vm, LeaseRecord lease, TestAgent agent) {}

    private Launched launch(String owner) {
        VmId vm = world.asksForScheduledVm(owner);
        LeaseRecord lease = world.leaseOf(vm);
        TestAgent agent = world.startsJobOf(lease).joins(world.tokenOf(lease));
        DesiredVm order = agent.toRun(vm);
        agent.reports(vm, order.attempt(), AgentPhase.READY);
        world.vmBecomes(vm, Phase.READY);
        return new Launched(vm, lease, agent);
    }

    @Test
    void requestedVm_getsAJobOfItsOwnersOwn_sizedForIt() {
        // When
        VmId vm = world.asksForScheduledVm("ada");
        LeaseRecord lease = world.leaseOf(vm);
        world.jobOf(lease);

        // Then
        assertThat(world.requestOf(lease)).satisfies(request -> {
            assertThat(request.owner()).isEqualTo("ada");
            assertThat(request.cores()).isEqualTo(1);
            assertThat(request.memoryMiB()).isEqualTo(256 + 256);
            assertThat(request.script()).isEqualTo("#!/bin/sh\nexec /opt/anemone/bin/anemone-agent lease\n");
            assertThat(request.environment())
                    .containsEntry("ANEMONE_LEASE", lease.id().toString())
                    .containsEntry("ANEMONE_AGENT_MODE", "session")
                    .containsEntry("ANEMONE_CACHE_TRUSTED", "root,anemone")
                    .containsKeys("ANEMONE_URL", "ANEMONE_JOIN_TOKEN", "PATH");
        });
        assertThat(world.vmBecomes(vm, Phase.QUEUED).message()).contains("Waiting");
    }

    @Test
    void guestOff_endsTheLeaseAndItsJob() {
        // Given
        VmId vm = world.asksForScheduledVm("ada");
        LeaseRecord lease = world.leaseOf(vm);
        try (TestAgent agent = world.startsJobOf(lease).joins(world.tokenOf(lease))) {
            DesiredVm order = agent.toRun(vm);
            assertThat(order.image().name()).isEqualTo("micro");

            // When
            agent.reports(vm, 1, AgentPhase.PREPARING);
            world.vmBecomes(vm, Phase.PREPARING);
            agent.reports(vm, 1, AgentPhase.BOOTING);
            agent.reports(vm, 1, AgentPhase.RUNNING);
            world.vmBecomes(vm, Phase.RUNNING);
            agent.reports(vm, 1, AgentPhase.READY);
            VmRecord ready = world.vmBecomes(vm, Phase.READY);
            assertThat(ready.ssh()).isEqualTo(new SshEndpoint(Objects.requireNonNull(leaseNode(ready)), 22_001));
            assertThat(ready.warnings()).containsExactly("emulated: KVM does not work on this node");
            assertThat(ready.times().readyAt())
                    .isNotNull()
                    .isAfterOrEqualTo(ready.times().createdAt());
            agent.reportsEnd(vm, 1, StopReason.GUEST, "The guest switched itself off.");

            // Then
            assertThat(agent.desired(orders -> orders.release()).run()).isEmpty();
            world.scheduler.end(world.jobOf(lease).id(), JobState.COMPLETED, 0);
            LeaseRecord over = world.leaseBecomes(lease, LeasePhase.RELEASED);
            assertThat(Objects.requireNonNull(over.end()).cause()).isEqualTo(LeaseEnd.Cause.RELEASED);
            assertThat(agent.refused().code()).isEqualTo(ErrorCode.LEASE_OVER);
        }
        VmRecord stopped = world.vmBecomes(vm, Phase.STOPPED);
        assertThat(stopped.state())
                .isEqualTo(new VmState.Stopped(1, StopReason.GUEST, "The guest switched itself off."));
        assertThat(Objects.requireNonNull(stopped.lease()).id()).isEqualTo(lease.id());
        assertThat(world.history.ofVm(vm).stream()
                        .filter(event -> event.kind().equals("vm"))
                        .map(event -> event.to()))
                .containsExactly("PENDING", "QUEUED", "PLACED", "PREPARING", "BOOTING", "RUNNING", "READY", "STOPPED");
        assertThat(world.history.ofVm(vm).stream()
                        .filter(event -> event.kind().equals("lease") && event.to() != null)
                        .map(event -> event.to()))
                .startsWith("REQUESTED", "SUBMITTING", "QUEUED")
                .endsWith("ACTIVE", "RELEASING", "RELEASED");
    }

    private static @Nullable String leaseNode(VmRecord vm) {
        return Objects.requireNonNull(vm.lease()).state().node();
    }

    @Test
    void lostSubmitReply_stillGivesExactlyOneJob() {
        // Given
        world.scheduler.losesNextSubmitReply();

        // When
        VmId vm = world.asksForScheduledVm("ada");
        LeaseRecord lease = world.leaseOf(vm);
        world.leaseBecomes(lease, LeasePhase.QUEUED);
        // The search comes after the first retry's wait.
        await().during(Duration.ofMillis(2500))
                .atMost(World.PATIENCE)
                .until(() -> world.jobsOf(lease).size() == 1);

        // Then
        assertThat(world.leases.find(lease.id()).orElseThrow().state())
                .isEqualTo(new LeaseState.Queued(world.jobOf(lease).id()));
        assertThat(world.scheduler.submits().stream()
                        .filter(request -> request.name().equals(lease.id().jobName())))
                .hasSize(1);
    }

    @Test
    void schedulerDown_isSaid_andTheJobComesLater() {
        // Given
        world.scheduler.isDown();
        VmId vm = world.asksForScheduledVm("ada");
        LeaseRecord lease = world.leaseOf(vm);
        String said = "The scheduler does not answer at the moment; trying again.";
        await().atMost(World.PATIENCE)
                .untilAsserted(() -> assertThat(world.vm(vm).message()).isEqualTo(said));
        assertThat(world.notesOf(vm)).contains(said);

        // When
        world.scheduler.isUp();

        // Then
        world.leaseBecomes(lease, LeasePhase.QUEUED);
        assertThat(world.jobsOf(lease)).hasSize(1);
        assertThat(world.vm(vm).message()).isNotEqualTo(said);
    }

    @Test
    void refusedJob_failsTheVm_inTheSchedulersWords() {
        // Given
        world.scheduler.refusesNextSubmit("Invalid account");

        // When
        VmId vm = world.asksForScheduledVm("ada");

        // Then
        VmRecord failed = world.vmBecomes(vm, Phase.FAILED);
        assertThat(failed.reason()).isEqualTo("SUBMIT_REJECTED");
        assertThat(failed.message()).isEqualTo("Invalid account");
        world.leaseBecomes(world.leaseOf(vm), LeasePhase.FAILED);
    }

    @Test
    void emptyListing_endsNothing() {
        // Given
        Launched launched = launch("ada");

        // When
        world.scheduler.answersEmpty();

        // Then
        await().during(Duration.ofSeconds(3))
                .atMost(World.PATIENCE)
                .until(() -> world.vm(launched.vm()).phase() == Phase.READY);
        launched.agent().close();
    }

    @Test
    void schedulerDown_endsNothing() {
        // Given
        Launched launched = launch("ada");

        // When
        world.scheduler.isDown();

        // Then
        await().during(Duration.ofSeconds(3))
                .atMost(World.PATIENCE)
                .until(() -> world.vm(launched.vm()).phase() == Phase.READY);
        launched.agent().close();
    }

    @Test
    void agentAway_endsNothing_andTheRecordSaysSo() {
        // Given
        Launched launched = launch("ada");

        // When
        launched.agent().close();

        // Then
        await().atMost(World.PATIENCE)
                .until(() -> !world.leases
                        .find(launched.lease().id())
                        .orElseThrow()
                        .contact()
                        .connected());
        LeaseRecord lease = world.leases.find(launched.lease().id()).orElseThrow();
        assertThat(lease.unreachable(Instant.now().plusSeconds(16))).isTrue();
        assertThat(lease.unreachable(lease.contact().since())).isFalse();
        assertThat(world.vm(launched.vm()).phase()).isEqualTo(Phase.READY);
        assertThat(world.notesOf(launched.vm())).contains("the connection to the agent is lost");
    }

    @Test
    void jobForgottenByTheScheduler_stopsTheVm() {
        // Given
        Launched launched = launch("ada");

        // When
        world.scheduler.forget(world.jobOf(launched.lease()).id());

        // Then
        VmRecord stopped = world.vmBecomes(launched.vm(), Phase.STOPPED);
        assertThat(stopped.reason()).isEqualTo("LEASE_LOST");
        assertThat(stopped.message()).contains("does not know the job");
        launched.agent().close();
    }

    @Test
    void cancelledJob_stopsTheVm_andSaysWhy() {
        // Given
        Launched launched = launch("ada");

        // When
        world.scheduler.cancel(world.jobOf(launched.lease()).id(), "ada");

        // Then
        VmRecord stopped = world.vmBecomes(launched.vm(), Phase.STOPPED);
        assertThat(stopped.reason()).isEqualTo("LEASE_LOST");
        assertThat(stopped.message()).contains("cancelled");
        launched.agent().close();
    }

    @Test
    void deletedVm_isStoppedByItsAgent_andItsJobEnds() {
        // Given
        Launched launched = launch("ada");

        // When
        service.terminate(launched.vm(), "ada", StopReason.USER);

        // Then
        StopOrder order = launched.agent().toStop(launched.vm());
        assertThat(order.reason()).isEqualTo(StopReason.USER);
        assertThat(order.graceSeconds()).isEqualTo(5);
        launched.agent().reportsEnd(launched.vm(), 1, StopReason.USER, "destroyed");
        assertThat(world.vmBecomes(launched.vm(), Phase.STOPPED).reason()).isEqualTo("USER");
        launched.agent().desired(orders -> orders.release());
        world.scheduler.end(world.jobOf(launched.lease()).id(), JobState.COMPLETED, 0);
        world.leaseBecomes(launched.lease(), LeasePhase.RELEASED);
        launched.agent().close();
    }

    @Test
    void deletedWhileQueued_cancelsTheJob() {
        // Given
        VmId vm = world.asksForScheduledVm("ada");
        LeaseRecord lease = world.leaseOf(vm);
        world.leaseBecomes(lease, LeasePhase.QUEUED);

        // When
        service.terminate(vm, "ada", StopReason.USER);

        // Then
        world.leaseBecomes(lease, LeasePhase.RELEASED);
        assertThat(world.jobOf(lease).state()).isEqualTo(JobState.CANCELLED);
        assertThat(world.vm(vm).reason()).isEqualTo("USER");
    }
}
