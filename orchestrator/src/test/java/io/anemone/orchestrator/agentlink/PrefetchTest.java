package io.anemone.orchestrator.agentlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmEvent;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.Prefetch;
import io.anemone.orchestrator.lease.LeaseQuery;
import io.anemone.orchestrator.lease.LeaseRecord;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits for room in a pool is brought to its nodes meanwhile. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
@SuppressWarnings("NullAway.Init") // injected
class PrefetchTest {

    @Inject
    World world;

    @Inject
    Prefetches prefetches;

    @Inject
    LeaseQuery leases;

    @BeforeEach
    void room() {
        world.clearsTheNodes();
    }

    private List<LeaseRecord> leasesOf(String pool) {
        return leases.list(true, 1000).stream()
                .filter(lease -> pool.equals(lease.spec().pool()))
                .toList();
    }

    @Test
    void vmThatWaitsForRoomInAPool_hasItsImageBroughtThere_andNobodyElses() {
        // Given
        world.pool("violet", 1);
        await().atMost(World.PATIENCE).until(() -> leasesOf("violet").size() == 1);
        LeaseRecord lease = leasesOf("violet").getFirst();
        try (TestAgent agent = world.startsJobOf(lease).joins(world.tokenOf(lease))) {
            agent.desired(orders -> orders.run().isEmpty() && orders.prefetch().isEmpty());

            // When
            List<VmId> vms = IntStream.range(0, 6)
                    .mapToObj(i -> world.asksForStaticVm("ada", "violet"))
                    .toList();

            // Then
            List<Prefetch> ordered =
                    agent.desired(orders -> !orders.prefetch().isEmpty()).prefetch();
            assertThat(ordered).extracting(Prefetch::image).containsExactly("micro");
            assertThat(ordered.getFirst().files()).isNotEmpty();

            // And when
            vms.forEach(vm -> world.vms.terminate(
                    vm, new VmEvent.TerminateRequested(StopReason.USER, "Ended on request."), false, "ada"));

            // Then
            agent.desired(orders -> orders.prefetch().isEmpty());
        }
        LeaseRecord scheduled = world.leaseOf(world.asksForScheduledVm("ada"));
        assertThat(prefetches.of(scheduled)).isEmpty();
    }
}
