package io.anemone.orchestrator.agentlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.anemone.core.lease.LeasePhase;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.vm.Phase;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.AgentMessage;
import io.anemone.core.wire.AgentPhase;
import io.anemone.orchestrator.lease.LeaseQuery;
import io.anemone.orchestrator.lease.LeaseRecord;
import io.anemone.orchestrator.pool.PoolRecord;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
@SuppressWarnings("NullAway.Init") // injected
class StaticPathTest {

    @Inject
    World world;

    @BeforeEach
    void room() {
        world.clearsTheNodes();
    }

    @Inject
    LeaseQuery leases;

    private List<LeaseRecord> leasesOf(String pool) {
        return leases.list(true, 1000).stream()
                .filter(lease -> pool.equals(lease.spec().pool()))
                .toList();
    }

    private LeaseRecord onlyLeaseOf(String pool) {
        await().atMost(World.PATIENCE).until(() -> leasesOf(pool).size() == 1);
        return leasesOf(pool).getFirst();
    }

    private PoolRecord standingOf(String pool) {
        return world.pools.list().stream()
                .filter(record -> record.spec().name().equals(pool))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void vmOfAPool_runsOnItsLease_whichLivesOn() {
        // Given
        world.pool("blue", 1);
        LeaseRecord lease = onlyLeaseOf("blue");
        VmId waiting = world.asksForStaticVm("ada", "blue");
        assertThat(world.vm(waiting).message()).contains("blue");
        try (TestAgent agent = world.startsJobOf(lease).joins(world.tokenOf(lease))) {
            assertThat(world.requestOf(lease)).satisfies(request -> {
                assertThat(request.owner()).isEqualTo("anemone");
                assertThat(request.exclusive()).isTrue();
                assertThat(request.memoryMiB()).isZero();
                assertThat(request.environment()).containsEntry("ANEMONE_AGENT_MODE", "system");
            });

            // When
            agent.toRun(waiting);
            agent.reports(waiting, 1, AgentPhase.READY);
            world.vmBecomes(waiting, Phase.READY);
            assertThat(standingOf("blue"))
                    .satisfies(pool -> assertThat(pool.active()).isEqualTo(1))
                    .satisfies(pool -> assertThat(pool.vms()).isEqualTo(1))
                    .satisfies(pool -> assertThat(pool.freeCores()).isEqualTo(3))
                    .satisfies(pool -> assertThat(pool.freeMemoryMiB()).isEqualTo(4096 - 256 - 256));
            agent.reportsEnd(waiting, 1, StopReason.GUEST, "off");

            // Then
            assertThat(world.vmBecomes(waiting, Phase.STOPPED).reason()).isEqualTo("GUEST");
            agent.desired(orders -> orders.run().isEmpty() && !orders.release());
            world.leaseBecomes(lease, LeasePhase.ACTIVE);

            // And when
            world.pool("blue", 0);

            // Then
            agent.desired(orders -> orders.release());
            world.scheduler.end(world.jobOf(lease).id(), JobState.COMPLETED, 0);
            world.leaseBecomes(lease, LeasePhase.RELEASED);
        }
    }

    @Test
    void vmsBeyondTheGrant_wait() {
        // Given
        world.pool("green", 1);
        LeaseRecord lease = onlyLeaseOf("green");
        List<VmId> vms = IntStream.range(0, 5)
                .mapToObj(i -> world.asksForStaticVm("ada", "green"))
                .toList();

        // When
        try (TestAgent agent = world.startsJobOf(lease).joins(world.tokenOf(lease))) {
            agent.desired(orders -> orders.run().size() == 4);

            // Then
            assertThat(vms.stream().map(vm -> world.vm(vm).phase()))
                    .containsExactly(Phase.PLACED, Phase.PLACED, Phase.PLACED, Phase.PLACED, Phase.PENDING);
        }
        world.pool("green", 0);
        // On purpose: failures of its node would count against the image, and hold up the next test's VMs.
        world.scheduler.end(world.jobOf(lease).id(), JobState.CANCELLED, 1);
    }

    @Test
    void agentOfALease_doesNotTouchAnothersVm() {
        // Given
        world.pool("red", 1);
        LeaseRecord pool = onlyLeaseOf("red");
        VmId theirs = world.asksForStaticVm("bob", "red");
        VmId own = world.asksForScheduledVm("mallory");
        LeaseRecord ownLease = world.leaseOf(own);
        try (TestAgent agent = world.startsJobOf(pool).joins(world.tokenOf(pool));
                TestAgent mallory = world.startsJobOf(ownLease).joins(world.tokenOf(ownLease))) {
            agent.toRun(theirs);
            agent.reports(theirs, 1, AgentPhase.READY);
            world.vmBecomes(theirs, Phase.READY);

            // When
            mallory.send(new AgentMessage.Console(theirs, 1, 0, "cHduZWQ="));
            mallory.reportsEnd(theirs, 1, StopReason.GUEST, "pwned");
            mallory.reports(own, 1, AgentPhase.READY);

            // Then
            world.vmBecomes(own, Phase.READY);
            assertThat(world.vm(theirs).phase()).isEqualTo(Phase.READY);
            assertThat(world.consoles.tail(theirs)).isEmpty();
        }
        world.pool("red", 0);
    }
}
