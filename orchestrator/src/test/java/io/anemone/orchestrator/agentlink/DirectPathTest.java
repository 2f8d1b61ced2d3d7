package io.anemone.orchestrator.agentlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.lease.LeasePhase;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.Phase;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.AgentPhase;
import io.anemone.core.wire.DesiredVm;
import io.anemone.core.wire.Join;
import io.anemone.core.wire.OrchestratorMessage.Refused;
import io.anemone.orchestrator.lease.LeaseRecord;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.anemone.orchestrator.vm.VmFilter;
import io.anemone.orchestrator.vm.VmRecord;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
@SuppressWarnings("NullAway.Init") // injected
class DirectPathTest {

    private static final String NODE = "n2";

    @Inject
    World world;

    @BeforeEach
    void room() {
        world.clearsTheNodes();
    }

    private static Join.Direct join(String user, String name, int memoryMiB) {
        return new Join.Direct(
                user,
                new Join.VmRequest(
                        name, "micro", null, 1, memoryMiB, "PT30M", null, List.of(), null, Map.of("a", "b")));
    }

    private String jobOf(String user) {
        return world.scheduler.runsJobOf(user, NODE, 1, 768, Duration.ofHours(2));
    }

    private List<VmRecord> vmsOf(String owner) {
        return world.query.list(new VmFilter(owner, null, LaunchPath.DIRECT, false, null, 10));
    }

    @Test
    void jobOfTheUsersOwn_becomesALeaseAndAVm_andItsEndIsTheVms() {
        // Given
        String job = jobOf("dora");

        // When
        try (TestAgent agent = new TestAgent(world.site, job, NODE).joins(join("dora", "mine", 512))) {
            VmRecord placed = vmsOf("dora").getFirst();
            VmId vm = placed.id();
            DesiredVm order = agent.toRun(vm);
            assertThat(order.endsAt()).isNull();
            agent.reports(vm, order.attempt(), AgentPhase.READY);
            VmRecord ready = world.vmBecomes(vm, Phase.READY);

            // Then
            assertThat(ready.spec().path()).isEqualTo(LaunchPath.DIRECT);
            assertThat(ready.spec().owner()).isEqualTo("dora");
            LeaseRecord lease = world.leaseOf(vm);
            assertThat(lease.state().jobId()).isEqualTo(job);
            assertThat(lease.state().node()).isEqualTo(NODE);
            // Its own walltime counts from when it ran.
            assertThat(agent.desired(orders -> orders.run().stream().anyMatch(run -> run.endsAt() != null))
                            .run()
                            .getFirst()
                            .endsAt())
                    .isEqualTo(Objects.requireNonNull(ready.times().startedAt()).plus(Duration.ofMinutes(30)));

            // And when
            world.scheduler.end(job, JobState.COMPLETED, 0);

            // Then
            assertThat(world.vmBecomes(vm, Phase.STOPPED).reason()).isEqualTo("GUEST");
            world.leaseBecomes(lease, LeasePhase.RELEASED);
        }
    }

    @Test
    void secondHelloOfTheSameJob_findsTheSameVm() {
        // Given
        String job = jobOf("eve");
        TestAgent first = new TestAgent(world.site, job, NODE).joins(join("eve", "mine", 256));

        // When
        TestAgent second = new TestAgent(world.site, job, NODE).joins(join("eve", "mine", 256));

        // Then
        assertThat(second.lease()).isEqualTo(first.lease());
        assertThat(second.welcome().epoch()).isEqualTo(first.welcome().epoch() + 1);
        assertThat(first.closeCode()).isEqualTo(4000);
        assertThat(vmsOf("eve")).hasSize(1);
        second.close();
        world.scheduler.end(job, JobState.CANCELLED, 15);
    }

    @Test
    void somebodyElsesCredential_makesNothing() {
        // Given
        String job = jobOf("frank");

        // When
        Refused refused = new TestAgent(world.site, job, NODE)
                .hello(join("mallory", "theirs", 256))
                .refused();

        // Then
        assertThat(refused.code()).isEqualTo(ErrorCode.CREDENTIAL_MISMATCH);
        assertThat(refused.retry()).isFalse();
        assertThat(vmsOf("frank")).isEmpty();
        assertThat(vmsOf("mallory")).isEmpty();
    }

    @Test
    void jobSmallerThanTheVm_makesNothing_andSaysWhatToAskFor() {
        // Given
        String job = jobOf("gina");

        // When
        Refused refused = new TestAgent(world.site, job, NODE)
                .hello(join("gina", "big", 1024))
                .refused();

        // Then
        assertThat(refused.code()).isEqualTo(ErrorCode.JOB_TOO_SMALL);
        assertThat(refused.message()).contains("1280");
        assertThat(vmsOf("gina")).isEmpty();
    }

    @Test
    void badRequest_makesNothing() {
        // Given
        String job = jobOf("hugo");

        // When
        Refused refused = new TestAgent(world.site, job, NODE)
                .hello(join("hugo", "<domain type='kvm'/>", 256))
                .refused();

        // Then
        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_FIELD);
        assertThat(refused.retry()).isFalse();
        assertThat(vmsOf("hugo")).isEmpty();
    }

    @Test
    void schedulerDown_mayBeTriedAgain() {
        // Given
        String job = jobOf("ines");
        world.scheduler.isDown();

        // When
        Refused refused = new TestAgent(world.site, job, NODE)
                .hello(join("ines", "mine", 256))
                .refused();

        // Then
        world.scheduler.isUp();
        assertThat(refused.code()).isEqualTo(ErrorCode.SCHEDULER_UNAVAILABLE);
        assertThat(refused.retry()).isTrue();
        assertThat(vmsOf("ines")).isEmpty();
    }
}
