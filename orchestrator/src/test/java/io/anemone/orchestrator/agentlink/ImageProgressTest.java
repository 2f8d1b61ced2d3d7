package io.anemone.orchestrator.agentlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.anemone.core.vm.Phase;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.AgentPhase;
import io.anemone.core.wire.Preparation;
import io.anemone.core.wire.VmReport;
import io.anemone.orchestrator.lease.LeaseRecord;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How an image comes to its node can be read while it does, and afterwards. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
@SuppressWarnings("NullAway.Init") // injected
class ImageProgressTest {

    private static final long MIB = 1L << 20;

    @Inject
    World world;

    @BeforeEach
    void room() {
        world.clearsTheNodes();
    }

    private static VmReport report(VmId vm, AgentPhase phase, Preparation image) {
        return new VmReport(vm, 1, phase, null, null, null, null, null, "", List.of(), false, image);
    }

    @Test
    void copyUnderWay_isToldInTheVmsRecord_andHowItCameOnceInItsHistory() {
        // Given
        VmId vm = world.asksForScheduledVm("ada");
        LeaseRecord lease = world.leaseOf(vm);
        try (TestAgent agent = world.startsJobOf(lease).joins(world.tokenOf(lease))) {
            agent.toRun(vm);

            // When
            agent.report(report(
                    vm, AgentPhase.PREPARING, new Preparation(Preparation.Step.COPYING, 50 * MIB, 200 * MIB, 1000)));

            // Then
            world.vmBecomes(vm, Phase.PREPARING);
            await().atMost(World.PATIENCE)
                    .untilAsserted(() -> assertThat(world.vm(vm).message())
                            .isEqualTo("The image is copied to the node: 50 of 200 MiB (25 %)."));

            // And when
            Preparation copied = new Preparation(Preparation.Step.COPIED, 200 * MIB, 200 * MIB, 4200);
            agent.report(report(vm, AgentPhase.PREPARING, copied));
            agent.report(report(vm, AgentPhase.BOOTING, copied));
            agent.report(report(vm, AgentPhase.BOOTING, copied));

            // Then
            assertThat(world.vmBecomes(vm, Phase.BOOTING).message()).isNull();
            assertThat(world.notesOf(vm))
                    .containsSubsequence(
                            "the node prepares its files",
                            "The image was copied to the node: 200 MiB (4.2 s).",
                            "the hypervisor starts it")
                    .containsOnlyOnce("The image was copied to the node: 200 MiB (4.2 s).");
        }
    }
}
