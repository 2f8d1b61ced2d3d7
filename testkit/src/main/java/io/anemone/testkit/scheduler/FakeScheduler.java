package io.anemone.testkit.scheduler;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.scheduler.Cluster;
import io.anemone.core.scheduler.JobAnswer;
import io.anemone.core.scheduler.JobListing;
import io.anemone.core.scheduler.JobRequest;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.scheduler.NodeView;
import io.anemone.core.scheduler.PartitionView;
import io.anemone.core.scheduler.Scheduler;
import io.anemone.core.scheduler.SchedulerUnavailableException;
import io.anemone.core.scheduler.SubmitAnswer;
import io.anemone.testkit.scheduler.FakeJob.FakeJobSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler in memory. Jobs wait until a test {@link #start}s them, or start by themselves when there is room
 * ({@link #startsJobsByItself}); they run until a test ends them, their walltime is over by the clock, or their
 * script says so ({@link FakeScript}).
 *
 * <p>It misbehaves on request. Safe for use by many threads.
 */
public final class FakeScheduler implements Scheduler {

    private static final int MEMORY_MIB = 4096;
    private static final int CORES = 4;
    private static final int CANCELLED_BY_SIGNAL = 143;

    private final Clock clock;
    private final List<FakeNode> nodes;
    private final List<PartitionView> partitions = List.of(
            new PartitionView("compute", true, Duration.ofDays(2)),
            new PartitionView("short", false, Duration.ofHours(1)));
    private final Map<String, FakeJob> jobs = new LinkedHashMap<>();
    private final List<JobRequest> submits = new ArrayList<>();
    private int nextId = 1;
    private boolean autoStart;
    private boolean down;
    private boolean empty;
    private boolean hidesJobsOfOthers;
    private boolean truncated;
    private boolean loseReply;
    private @Nullable Failure refusal;

    /** Three nodes {@code n1} to {@code n3} of 4 cores and 4 GiB; partitions {@code compute} and {@code short}. */
    public FakeScheduler(Clock clock) {
        this(
                clock,
                List.of(
                        new FakeNode("n1", CORES, MEMORY_MIB),
                        new FakeNode("n2", CORES, MEMORY_MIB),
                        new FakeNode("n3", CORES, MEMORY_MIB)));
    }

    public FakeScheduler(Clock clock, List<FakeNode> nodes) {
        this.clock = clock;
        this.nodes = List.copyOf(nodes);
    }

    // How it behaves

    public synchronized FakeScheduler startsJobsByItself() {
        autoStart = true;
        return this;
    }

    /** The next submit makes its job, and then the connection breaks. */
    public synchronized void losesNextSubmitReply() {
        loseReply = true;
    }

    /** The next submit is refused in these words. */
    public synchronized void refusesNextSubmit(String message) {
        refusal = new Failure(ErrorCode.SUBMIT_REJECTED, message);
    }

    /** Every call fails, and does nothing, until {@link #isUp}. */
    public synchronized void isDown() {
        down = true;
    }

    /** Well again, in every respect. */
    public synchronized void isUp() {
        down = false;
        hidesJobsOfOthers = false;
        empty = false;
        truncated = false;
    }

    /** Listings claim to be complete and have no job in them, as after a restart with lost state. */
    public synchronized void answersEmpty() {
        empty = true;
    }

    /** Who asks about another's job is told that there is none; listings have none at all. */
    public synchronized void hidesJobsOfOthers() {
        hidesJobsOfOthers = true;
        empty = true;
    }

    /** Listings have only half of the jobs, and do not vouch for more. */
    public synchronized void truncates() {
        truncated = true;
    }

    // What a test does to the cluster

    /** Starts a waiting job on the first node with room. */
    public synchronized void start(String jobId) {
        FakeJob job = get(jobId);
        job.start(
                roomFor(job).orElseThrow(() -> new IllegalStateException("no room for job " + jobId)), clock.instant());
    }

    public synchronized void startOn(String jobId, String node) {
        get(jobId).start(node(node), clock.instant());
    }

    /** Its processes are being ended; not over yet. */
    public synchronized void completing(String jobId) {
        get(jobId).become(JobState.COMPLETING);
    }

    /** @param state one that is {@link JobState#over} */
    public synchronized void end(String jobId, JobState state, int exitCode) {
        if (!state.over()) {
            throw new IllegalArgumentException(state + " is not over");
        }
        get(jobId).end(state, exitCode, clock.instant());
    }

    /** Somebody changed the job's time limit. */
    public synchronized void extendTo(String jobId, Instant endsAt) {
        get(jobId).extendTo(endsAt);
    }

    /** The scheduler does not know the job any more. */
    public synchronized void forget(String jobId) {
        jobs.remove(get(jobId).id);
    }

    /** It lost its last seconds: it gives out again the ids from this one on. */
    public synchronized void givesOutIdsFrom(int id) {
        nextId = id;
    }

    /** Its node failed, and the job waits for another. */
    public synchronized void putBack(String jobId) {
        get(jobId).putBack(clock.instant());
    }

    /** A user's own job, running on a node: the direct path. */
    public synchronized String runsJobOf(String owner, String node, int cores, long memoryMiB, Duration walltime) {
        FakeJobSpec spec =
                new FakeJobSpec("direct", owner, cores, memoryMiB, walltime, false, Set.of(), "agent", Map.of());
        FakeJob job = add(spec);
        job.start(node(node), clock.instant());
        return job.id;
    }

    // What a test looks at

    /** Every request that was sent, whatever became of it. */
    public synchronized List<JobRequest> submits() {
        return List.copyOf(submits);
    }

    /** Every job that it knows, in the order of their submits, whether it is well or not. */
    public synchronized List<JobView> everyJob() {
        tick();
        return jobs.values().stream().map(FakeJob::view).toList();
    }

    // The port

    @Override
    public synchronized SubmitAnswer submit(JobRequest request) {
        answerOrFail();
        submits.add(request);
        Optional<Failure> refused = refusalOf(request);
        refusal = null;
        if (refused.isPresent()) {
            return new SubmitAnswer.Refused(refused.get());
        }
        FakeJob job = add(new FakeJobSpec(
                request.name(),
                request.owner(),
                request.cores(),
                request.memoryMiB(),
                request.walltime(),
                request.exclusive(),
                request.avoid(),
                request.script(),
                request.environment()));
        if (loseReply) {
            loseReply = false;
            throw new SchedulerUnavailableException("The connection broke before the scheduler's reply came.");
        }
        return new SubmitAnswer.Accepted(job.id);
    }

    @Override
    public synchronized List<JobView> findByName(String owner, String name) {
        JobListing listing = jobs();
        if (!listing.complete()) {
            throw new SchedulerUnavailableException("The scheduler's list of jobs is not whole.");
        }
        return listing.jobs().stream()
                .filter(job -> job.name().equals(name) && job.owner().equals(owner))
                .toList();
    }

    @Override
    public synchronized JobListing jobs() {
        answerOrFail();
        List<JobView> all = jobs.values().stream().map(FakeJob::view).toList();
        if (empty) {
            return new JobListing(clock.instant(), true, List.of());
        }
        return truncated
                ? new JobListing(clock.instant(), false, all.subList(0, all.size() / 2))
                : new JobListing(clock.instant(), true, all);
    }

    @Override
    public synchronized JobAnswer job(String jobId, String owner) {
        answerOrFail();
        FakeJob job = jobs.get(jobId);
        return job == null || (hidesJobsOfOthers && !job.owner.equals(owner))
                ? new JobAnswer.NoSuchJob()
                : new JobAnswer.Known(job.view());
    }

    @Override
    public synchronized void cancel(String jobId, String owner) {
        answerOrFail();
        FakeJob job = jobs.get(jobId);
        if (job == null || job.state().over()) {
            return;
        }
        if (!job.owner.equals(owner)) {
            throw new SchedulerUnavailableException(owner + " may not cancel job " + jobId + " of " + job.owner + ".");
        }
        job.end(JobState.CANCELLED, CANCELLED_BY_SIGNAL, clock.instant());
    }

    @Override
    public synchronized Cluster cluster() {
        answerOrFail();
        List<String> names = partitions.stream().map(PartitionView::name).toList();
        List<NodeView> views = nodes.stream()
                .map(node -> new NodeView(
                        node.name(),
                        usedCores(node) == 0 ? "idle" : usedCores(node) < node.cores() ? "mixed" : "allocated",
                        true,
                        node.cores(),
                        node.memoryMiB(),
                        usedCores(node),
                        usedMemoryMiB(node),
                        names))
                .toList();
        return new Cluster(clock.instant(), views, partitions);
    }

    private void answerOrFail() {
        if (down) {
            throw new SchedulerUnavailableException("The scheduler is down.");
        }
        tick();
    }

    private void tick() {
        Instant now = clock.instant();
        jobs.values().forEach(job -> job.age(now));
        if (autoStart) {
            jobs.values().stream()
                    .filter(job -> job.state() == JobState.PENDING)
                    .forEach(job -> roomFor(job).ifPresent(node -> job.start(node, now)));
        }
    }

    private Optional<Failure> refusalOf(JobRequest request) {
        if (refusal != null) {
            return Optional.of(refusal);
        }
        String partition = request.partition();
        if (partition != null
                && partitions.stream().noneMatch(known -> known.name().equals(partition))) {
            return Optional.of(new Failure(ErrorCode.UNKNOWN_PARTITION, "There is no partition " + partition + "."));
        }
        boolean fits = nodes.stream()
                .anyMatch(node -> request.cores() <= node.cores() && request.memoryMiB() <= node.memoryMiB());
        return fits
                ? Optional.empty()
                : Optional.of(new Failure(ErrorCode.SIZE_TOO_LARGE, "No node is as large as that."));
    }

    private Optional<FakeNode> roomFor(FakeJob job) {
        return nodes.stream()
                .filter(node -> !job.avoid.contains(node.name()))
                .filter(node -> job.exclusive
                        ? usedCores(node) == 0
                        : usedCores(node) + job.cores() <= node.cores()
                                && usedMemoryMiB(node) + job.memoryMiB() <= node.memoryMiB())
                .findFirst();
    }

    private int usedCores(FakeNode node) {
        return holding(node).stream().mapToInt(FakeJob::cores).sum();
    }

    private long usedMemoryMiB(FakeNode node) {
        return holding(node).stream().mapToLong(FakeJob::memoryMiB).sum();
    }

    private List<FakeJob> holding(FakeNode node) {
        return jobs.values().stream()
                .filter(job -> node.name().equals(job.node()) && !job.state().over())
                .toList();
    }

    private FakeJob add(FakeJobSpec spec) {
        FakeJob job = new FakeJob(Integer.toString(nextId++), spec, clock.instant());
        jobs.put(job.id, job);
        return job;
    }

    private FakeJob get(String jobId) {
        FakeJob job = jobs.get(jobId);
        if (job == null) {
            throw new IllegalStateException("the fake has no job " + jobId);
        }
        return job;
    }

    private FakeNode node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the fake has no node " + name));
    }
}
