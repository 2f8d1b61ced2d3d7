package io.anemone.orchestrator.agentlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.scheduler.JobRequest;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.scheduler.SubmitAnswer;
import io.anemone.core.vm.VmId;
import io.anemone.orchestrator.lease.LeaseRecord;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs that a submit made after its answer was given up. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
@SuppressWarnings("NullAway.Init") // injected
class StrayJobTest {

    @Inject
    World world;

    @BeforeEach
    void room() {
        world.clearsTheNodes();
    }

    @Test
    void secondJobOfALease_isEnded_andTheFirstLivesOn() {
        // Given
        VmId vm = world.asksForScheduledVm("ada");
        LeaseRecord lease = world.leaseOf(vm);
        JobView first = world.jobOf(lease);

        // When
        String second = submitted(world.requestOf(lease));

        // Then
        await().atMost(World.PATIENCE).until(() -> state(second) == JobState.CANCELLED);
        assertThat(state(first.id()).over()).isFalse();
        assertThat(world.history.ofVm(vm))
                .anyMatch(event -> event.note().contains("job " + second + " has this lease's name"));
    }

    @Test
    void jobOfALeaseThatWeNeverHeardOf_isLeftAlone() {
        // Given
        LeaseRecord lease = world.leaseOf(world.asksForScheduledVm("ada"));
        JobRequest ours = world.requestOf(lease);

        // When: another Anemone of the same cluster has one, and then we have a stray
        String foreign = submitted(named(ours, new LeaseId(UUID.randomUUID())));
        String stray = submitted(ours);

        // Then
        await().atMost(World.PATIENCE).until(() -> state(stray) == JobState.CANCELLED);
        assertThat(state(foreign).over()).isFalse();
    }

    private static JobRequest named(JobRequest request, LeaseId lease) {
        return new JobRequest(
                lease.jobName(),
                request.owner(),
                request.project(),
                request.partition(),
                request.cores(),
                request.memoryMiB(),
                request.walltime(),
                request.exclusive(),
                request.avoid(),
                request.script(),
                request.environment());
    }

    private String submitted(JobRequest request) {
        return ((SubmitAnswer.Accepted) world.scheduler.submit(request)).jobId();
    }

    private JobState state(String id) {
        return world.scheduler.everyJob().stream()
                .filter(job -> job.id().equals(id))
                .findFirst()
                .orElseThrow()
                .state();
    }
}
