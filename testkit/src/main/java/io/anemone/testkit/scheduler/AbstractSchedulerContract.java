package io.anemone.testkit.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.scheduler.Cluster;
import io.anemone.core.scheduler.JobAnswer;
import io.anemone.core.scheduler.JobListing;
import io.anemone.core.scheduler.JobRequest;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.scheduler.NodeView;
import io.anemone.core.scheduler.PartitionView;
import io.anemone.core.scheduler.Scheduler;
import io.anemone.core.scheduler.SubmitAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What everything behind the port {@link Scheduler} does. It asks for little, so that it passes on a busy node. */
public abstract class AbstractSchedulerContract {

    private static final String SLEEPS = "#!/bin/sh\nsleep 600\n";
    private static final int MEMORY_MIB = 64;
    private static final Duration WALLTIME = Duration.ofMinutes(10);

    /** Schedulers tell times in whole seconds and start a job's clock when they like. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private final List<String> submitted = new ArrayList<>();

    protected abstract Scheduler scheduler();

    /** An account that jobs can be submitted as. */
    protected abstract String owner();

    /** By the clock that the scheduler tells times by. */
    protected abstract Instant now();

    /** How long the scheduler may take to start or end a job. */
    protected Duration patience() {
        return Duration.ofSeconds(30);
    }

    /** What is left to do after each test, when its jobs are over. */
    protected void tearDown() {}

    @AfterEach
    void endWhatWasSubmitted() {
        submitted.forEach(job -> scheduler().cancel(job, owner()));
        submitted.forEach(job -> await("end of job " + job)
                .atMost(patience())
                .until(() -> scheduler().job(job, owner()), answer -> switch (answer) {
                    case JobAnswer.NoSuchJob gone -> true;
                    case JobAnswer.Known(JobView view) -> view.state().over();
                }));
        tearDown();
    }

    @Test
    void acceptedJob_isFoundByNameAndByIdAndInTheListing() {
        // Given
        JobRequest request = request(SLEEPS, Map.of());
        Instant before = now();

        // When
        String id = submit(request);

        // Then
        assertThat(scheduler().findByName(owner(), request.name()))
                .singleElement()
                .satisfies(job -> {
                    assertThat(job.id()).isEqualTo(id);
                    assertThat(job.owner()).isEqualTo(owner());
                    assertThat(job.submittedAt()).isBetween(before.minus(TOLERANCE), now().plus(TOLERANCE));
                });
        assertThat(known(id).name()).isEqualTo(request.name());
        JobListing listing = scheduler().jobs();
        assertThat(listing.complete()).isTrue();
        assertThat(listing.takenAt()).isBetween(before, now());
        assertThat(listing.jobs()).extracting(JobView::id).contains(id);
    }

    @Test
    void runningJob_tellsNodeGrantAndEnd() {
        // Given
        String id = submit(request(SLEEPS, Map.of()));

        // When
        JobView job = awaitJob(id, view -> view.state() == JobState.RUNNING);

        // Then
        assertThat(scheduler().cluster().nodes()).extracting(NodeView::name).contains(job.node());
        assertThat(job.cores()).isGreaterThanOrEqualTo(1);
        assertThat(job.memoryMiB()).isGreaterThanOrEqualTo(MEMORY_MIB);
        Instant startedAt = Objects.requireNonNull(job.startedAt());
        assertThat(job.endsAt())
                .isBetween(
                        startedAt.plus(WALLTIME).minus(TOLERANCE),
                        startedAt.plus(WALLTIME).plus(TOLERANCE));
        assertThat(job.exitCode()).isNull();
    }

    @Test
    void scriptEndsWell_jobIsCompleted() {
        // When
        String id = submit(request("#!/bin/sh\nexit 0\n", Map.of()));

        // Then
        JobView job = awaitJob(id, view -> view.state().over());
        assertThat(job.state()).isEqualTo(JobState.COMPLETED);
        assertThat(job.exitCode()).isZero();
    }

    @Test
    void scriptFails_jobIsFailedWithTheCodeThatItsEnvironmentAskedFor() {
        // When
        String id = submit(request("#!/bin/sh\nexit $CODE\n", Map.of("CODE", "23")));

        // Then
        JobView job = awaitJob(id, view -> view.state().over());
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.exitCode()).isEqualTo(23);
        assertThat(job.node()).isNotNull();
    }

    @Test
    void runningJobCancelled_endsCancelledAndStaysKnown() {
        // Given
        JobRequest request = request(SLEEPS, Map.of());
        String id = submit(request);
        awaitJob(id, view -> view.state() == JobState.RUNNING);

        // When
        scheduler().cancel(id, owner());

        // Then
        JobView job = awaitJob(id, view -> view.state().over());
        assertThat(job.state()).isEqualTo(JobState.CANCELLED);
        assertThat(job.endsAt()).isBeforeOrEqualTo(now().plus(TOLERANCE));
        assertThat(scheduler().findByName(owner(), request.name()))
                .extracting(JobView::id)
                .containsExactly(id);
    }

    @Test
    void cancelOfWhatIsOverOrWasNever_isHarmless() {
        // Given
        String id = submit(request("#!/bin/sh\nexit 0\n", Map.of()));
        awaitJob(id, view -> view.state().over());

        // When
        scheduler().cancel(id, owner());
        scheduler().cancel("999999999", owner());
        scheduler().cancel("../jobs", owner());

        // Then
        assertThat(known(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void unknownJob_isAClearNo() {
        assertThat(scheduler().job("999999999", owner())).isEqualTo(new JobAnswer.NoSuchJob());
        assertThat(scheduler().job("no job; id", owner())).isEqualTo(new JobAnswer.NoSuchJob());
        assertThat(scheduler().job("", owner())).isEqualTo(new JobAnswer.NoSuchJob());
        assertThat(scheduler().findByName(owner(), "no-such-name")).isEmpty();
    }

    @Test
    void sameNameOfAnotherOwner_isNotFound() {
        // Given
        JobRequest request = request(SLEEPS, Map.of());
        submit(request);

        // Then
        assertThat(scheduler().findByName("somebody-else", request.name())).isEmpty();
    }

    @Test
    void unknownPartition_isRefused() {
        // Given
        JobRequest wanted = request(SLEEPS, Map.of());
        JobRequest request = with(wanted, "no-such-partition", wanted.cores(), wanted.memoryMiB(), false);

        // When
        SubmitAnswer answer = scheduler().submit(request);

        // Then
        assertThat(answer).isInstanceOfSatisfying(SubmitAnswer.Refused.class, refused -> {
            assertThat(refused.failure().code()).isEqualTo(ErrorCode.UNKNOWN_PARTITION);
            assertThat(refused.failure().message()).isNotBlank();
        });
        assertThat(scheduler().findByName(owner(), request.name())).isEmpty();
    }

    @Test
    void moreMemoryThanAnyNodeHas_isRefused() {
        // Given
        long largest = scheduler().cluster().nodes().stream()
                .mapToLong(NodeView::memoryMiB)
                .max()
                .orElseThrow();
        JobRequest request = with(request(SLEEPS, Map.of()), null, 1, largest + 1, false);

        // When
        SubmitAnswer answer = scheduler().submit(request);

        // Then
        assertThat(answer)
                .isInstanceOfSatisfying(
                        SubmitAnswer.Refused.class,
                        refused -> assertThat(refused.failure().code()).isEqualTo(ErrorCode.SIZE_TOO_LARGE));
        // Slurm keeps a failed record of it; what matters is that nothing waits or runs.
        assertThat(scheduler().findByName(owner(), request.name()))
                .allMatch(job -> job.state().over());
    }

    @Test
    void avoidedNodes_areNotUsed_whereThereAreOthers() {
        List<String> nodes = scheduler().cluster().nodes().stream()
                .filter(NodeView::available)
                .map(NodeView::name)
                .sorted()
                .toList();
        Set<String> avoid = nodes.stream().limit(nodes.size() - 1L).collect(Collectors.toSet());

        String id = submit(request(SLEEPS, Map.of()).avoiding(avoid));

        assertThat(awaitJob(id, job -> job.state() == JobState.RUNNING).node()).isEqualTo(nodes.getLast());
    }

    @Test
    void exclusiveJob_isGrantedTheWholeNode() {
        // Given
        String id = submit(with(request(SLEEPS, Map.of()), null, 0, 0, true));

        // When
        JobView job = awaitJob(id, view -> view.state() == JobState.RUNNING);

        // Then
        NodeView node = scheduler().cluster().nodes().stream()
                .filter(view -> view.name().equals(job.node()))
                .findFirst()
                .orElseThrow();
        assertThat(job.cores()).isEqualTo(node.cores());
        assertThat(job.memoryMiB()).isEqualTo(node.memoryMiB());
    }

    @Test
    void cluster_hasNodesAndOneDefaultPartition() {
        // When
        Cluster cluster = scheduler().cluster();

        // Then
        assertThat(cluster.nodes()).isNotEmpty().allSatisfy(node -> {
            assertThat(node.cores()).isPositive();
            assertThat(node.memoryMiB()).isPositive();
            assertThat(node.partitions()).isNotEmpty();
        });
        assertThat(cluster.nodes()).anyMatch(NodeView::available);
        assertThat(cluster.partitions()).filteredOn(PartitionView::isDefault).hasSize(1);
    }

    /** A small job of a name of its own. */
    protected final JobRequest request(String script, Map<String, String> environment) {
        return new JobRequest(
                "contract-" + UUID.randomUUID(),
                owner(),
                null,
                null,
                1,
                MEMORY_MIB,
                WALLTIME,
                false,
                script,
                withPath(environment));
    }

    /** Submits, expects it to be accepted, and ends the job after the test. */
    protected final String submit(JobRequest request) {
        SubmitAnswer answer = scheduler().submit(request);
        assertThat(answer).isInstanceOf(SubmitAnswer.Accepted.class);
        String id = ((SubmitAnswer.Accepted) answer).jobId();
        submitted.add(id);
        return id;
    }

    protected final JobView known(String id) {
        JobAnswer answer = scheduler().job(id, owner());
        assertThat(answer).isInstanceOf(JobAnswer.Known.class);
        return ((JobAnswer.Known) answer).job();
    }

    protected final JobView awaitJob(String id, Predicate<JobView> condition) {
        return await("job " + id).atMost(patience()).until(() -> known(id), condition);
    }

    private static Map<String, String> withPath(Map<String, String> environment) {
        var all = new HashMap<>(environment);
        all.put("PATH", "/usr/bin:/bin");
        return all;
    }

    private static JobRequest with(
            JobRequest request, @Nullable String partition, int cores, long memoryMiB, boolean exclusive) {
        return new JobRequest(
                request.name(),
                request.owner(),
                request.project(),
                partition,
                cores,
                memoryMiB,
                request.walltime(),
                exclusive,
                request.script(),
                request.environment());
    }
}
