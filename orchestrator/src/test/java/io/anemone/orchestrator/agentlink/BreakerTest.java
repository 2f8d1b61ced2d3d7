package io.anemone.orchestrator.agentlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.anemone.core.breaker.AttemptOutcome;
import io.anemone.core.breaker.Breaker;
import io.anemone.core.breaker.BreakerLimits;
import io.anemone.core.breaker.Breakers;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.vm.Phase;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.AgentPhase;
import io.anemone.core.wire.VmReport;
import io.anemone.orchestrator.breaker.StartStore;
import io.anemone.orchestrator.lease.LeaseRecord;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A start that failed by a node's fault is not repeated on that node. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
@SuppressWarnings("NullAway.Init") // injected
class BreakerTest {

    @Inject
    World world;

    @Inject
    StartStore starts;

    @BeforeEach
    void room() {
        world.clearsTheNodes();
    }

    @Test
    void secondAttempt_isAskedForOnAnotherNode_andBothStartsAreRemembered() {
        // Given
        VmId vm = world.asksForScheduledVm("ada");
        LeaseRecord first = world.leaseOf(vm);
        String node;
        try (TestAgent agent = world.startsJobOf(first).joins(world.tokenOf(first))) {
            agent.toRun(vm);
            node = Objects.requireNonNull(world.jobOf(first).node());

            // When
            agent.report(failed(vm));
            world.scheduler.end(world.jobOf(first).id(), JobState.COMPLETED, 0);
        }

        // Then
        await().atMost(World.PATIENCE).until(() -> !world.leaseOf(vm).id().equals(first.id()));
        LeaseRecord second = world.leaseOf(vm);
        world.jobOf(second);
        assertThat(world.requestOf(first).avoid()).doesNotContain(node);
        assertThat(world.requestOf(second).avoid()).contains(node);

        // And when
        try (TestAgent agent = world.startsJobOf(second).joins(world.tokenOf(second))) {
            agent.toRun(vm);
            agent.reports(vm, 2, AgentPhase.READY);
            world.vmBecomes(vm, Phase.READY);
        }

        // Then
        List<AttemptOutcome> seen =
                starts.recent().stream().filter(start -> vm.equals(start.vm())).toList();
        assertThat(seen).extracting(AttemptOutcome::failure).containsExactly(null, ErrorCode.HYPERVISOR_FAILED);
        assertThat(seen).extracting(AttemptOutcome::account).containsOnly("ada");
        assertThat(seen.getLast().node()).isEqualTo(node);
        assertThat(new Breakers(seen, BreakerLimits.DEFAULT, "anemone", Instant.MAX).node(node))
                .isEqualTo(new Breaker.Closed());
    }

    private static VmReport failed(VmId vm) {
        Failure failure = new Failure(ErrorCode.HYPERVISOR_FAILED, "QEMU is not installed.");
        return new VmReport(vm, 1, AgentPhase.ENDED, null, null, null, null, failure, "", List.of(), false, null);
    }
}
