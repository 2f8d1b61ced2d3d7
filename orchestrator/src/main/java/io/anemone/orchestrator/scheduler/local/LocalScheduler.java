package io.anemone.orchestrator.scheduler.local;

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
import io.anemone.orchestrator.scheduler.local.LocalJob.Run;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * A scheduler of one node: this machine. Jobs run as child processes of the orchestrator's own account, whoever owns
 * them, first come first served over cores and memory (counted, not enforced). Their walltime is enforced. They
 * outlive the orchestrator; a restarted one finds them again in {@link LocalConfig#stateDir}.
 *
 * <p>For trying Anemone where no Slurm can be had; no user is kept from another's processes.
 */
public final class LocalScheduler implements Scheduler, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LocalScheduler.class);
    private static final String PARTITION = "local";
    private static final long TICK_MILLIS = 250;
    private static final int KILLED = 128 + 9;

    private final String node;
    private final LocalConfig config;
    private final LocalMachine machine;
    private final LocalJobStore store;
    private final LocalProcesses processes;
    private final Clock clock;
    private final TreeMap<Long, LocalJob> jobs = new TreeMap<>();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("local-scheduler").factory());

    private LocalScheduler(LocalConfig config, Clock clock) {
        this.node = config.node();
        this.processes = new LocalProcesses(config.node());
        this.config = config;
        this.machine = LocalMachine.of(config);
        this.store = new LocalJobStore(config.stateDir());
        this.clock = clock;
        store.load().forEach(job -> jobs.put(job.id(), job));
    }

    /** Takes up the jobs of {@link LocalConfig#stateDir} and goes to work. */
    public static LocalScheduler start(LocalConfig config, Clock clock) {
        LocalScheduler scheduler = new LocalScheduler(config, clock);
        scheduler.ticker.scheduleWithFixedDelay(scheduler::tickOrLog, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
        return scheduler;
    }

    /** Leaves the jobs running. */
    @Override
    public void close() {
        ticker.close();
    }

    @Override
    public synchronized SubmitAnswer submit(JobRequest request) {
        String partition = request.partition();
        if (partition != null && !partition.equals(PARTITION)) {
            return refused(ErrorCode.UNKNOWN_PARTITION, "There is no partition but " + PARTITION, request);
        }
        int cores = request.exclusive() ? machine.cores() : request.cores();
        long memoryMiB = request.exclusive() ? machine.memoryMiB() : request.memoryMiB();
        if (cores > machine.cores() || memoryMiB > machine.memoryMiB()) {
            return refused(
                    ErrorCode.SIZE_TOO_LARGE,
                    "This machine has only " + machine.cores() + " cores and " + machine.memoryMiB() + " MiB for jobs",
                    request);
        }
        LocalJob job = LocalJob.of(store.nextId(), request, cores, memoryMiB, clock.instant());
        store.create(job, request);
        jobs.put(job.id(), job);
        ticker.execute(this::tickOrLog);
        return new SubmitAnswer.Accepted(Long.toString(job.id()));
    }

    @Override
    public List<JobView> findByName(String owner, String name) {
        return jobs().jobs().stream()
                .filter(job -> job.name().equals(name) && job.owner().equals(owner))
                .toList();
    }

    @Override
    public synchronized JobListing jobs() {
        Instant now = clock.instant();
        return new JobListing(
                now, true, jobs.values().stream().map(job -> job.view(node)).toList());
    }

    @Override
    public synchronized JobAnswer job(String jobId, String owner) {
        return jobs.values().stream()
                .filter(job -> Long.toString(job.id()).equals(jobId))
                .findFirst()
                .<JobAnswer>map(job -> new JobAnswer.Known(job.view(node)))
                .orElseGet(JobAnswer.NoSuchJob::new);
    }

    @Override
    public synchronized void cancel(String jobId, String owner) {
        Instant now = clock.instant();
        jobs.values().stream()
                .filter(job -> Long.toString(job.id()).equals(jobId) && job.end() == null)
                .findFirst()
                .ifPresent(job -> {
                    if (!job.owner().equals(owner)) {
                        throw new SchedulerUnavailableException(
                                "Only its owner can cancel a job (job: " + jobId + ", user: " + owner + ").");
                    }
                    keep(cancelled(job, now));
                });
    }

    @Override
    public synchronized Cluster cluster() {
        int cores = usedCores();
        NodeView view = new NodeView(
                node,
                cores == 0 ? "idle" : cores < machine.cores() ? "mixed" : "allocated",
                true,
                machine.cores(),
                machine.memoryMiB(),
                cores,
                usedMemoryMiB(),
                List.of(PARTITION));
        return new Cluster(clock.instant(), List.of(view), List.of(new PartitionView(PARTITION, true, null)));
    }

    /** Sees what became of each job, ends those whose time is up, and starts those that there is room for. */
    synchronized void tick() {
        Instant now = clock.instant();
        for (LocalJob job : List.copyOf(jobs.values())) {
            LocalJob.End end = job.end();
            if (end != null && end.at().plus(config.remember()).isBefore(now)) {
                jobs.remove(job.id());
                store.delete(job);
            }
            Run run = job.run();
            if (run != null && end == null) {
                keep(look(job, run, now));
            }
        }
        startWaiting(now);
    }

    private void tickOrLog() {
        try {
            tick();
        } catch (RuntimeException e) {
            // The ticker would stop for good; the next tick sees the same and may fare better.
            LOG.error("the local scheduler could not look after its jobs; it tries again", e);
        }
    }

    private LocalJob look(LocalJob job, Run run, Instant now) {
        boolean timeIsUp = !now.isBefore(run.startedAt().plus(job.walltime()));
        if (job.ending() == null && !timeIsUp && processes.leaderLives(run)) {
            return job;
        }
        OptionalInt exit = store.exitCode(job);
        Set<Long> alive = processes.of(store, job, run);
        if (alive.isEmpty()) {
            // Written between the two looks, perhaps.
            return over(job, run, exit.isPresent() ? exit : store.exitCode(job), now);
        }
        LocalJob.Ending ending = job.ending();
        if (ending != null) {
            if (!now.isBefore(ending.killAt())) {
                processes.kill(alive);
            }
            return job;
        }
        // Its script is over, or its time is: what still runs has to go.
        boolean timedOut = timeIsUp && exit.isEmpty();
        processes.terminate(store, job, run);
        return job.ending(timedOut ? JobState.TIMEOUT : null, now.plus(config.killWait()));
    }

    private LocalJob over(LocalJob job, Run run, OptionalInt exit, Instant now) {
        LocalJob.Ending ending = job.ending();
        int code = exit.orElse(KILLED);
        if (ending != null && ending.why() != null) {
            return job.ended(ending.why(), code, now);
        }
        if (exit.isEmpty() && !processes.sameBoot(run)) {
            return job.ended(JobState.NODE_FAIL, null, now);
        }
        return job.ended(code == 0 ? JobState.COMPLETED : JobState.FAILED, code, now);
    }

    private LocalJob cancelled(LocalJob job, Instant now) {
        Run run = job.run();
        if (run == null) {
            store.forgetEnvironment(job);
            return job.ended(JobState.CANCELLED, null, now);
        }
        if (job.ending() != null) {
            return job;
        }
        processes.terminate(store, job, run);
        return job.ending(JobState.CANCELLED, now.plus(config.killWait()));
    }

    /** Strictly in order: a large job is not passed by small ones for ever. */
    private void startWaiting(Instant now) {
        for (LocalJob job : List.copyOf(jobs.values())) {
            if (!job.waits()) {
                continue;
            }
            boolean fits = usedCores() + job.cores() <= machine.cores()
                    && usedMemoryMiB() + job.memoryMiB() <= machine.memoryMiB();
            if (!fits) {
                return;
            }
            startNow(job, now);
        }
    }

    private void startNow(LocalJob job, Instant now) {
        Run run;
        try {
            run = processes.start(store, job, store.environment(job), now);
        } catch (IOException e) {
            LOG.errorf(e, "job could not be started job=%d", job.id());
            keep(job.ended(JobState.FAILED, null, now));
            return;
        }
        // Written down before anything else: from here on there is a process to find again.
        keep(job.started(run));
        store.forgetEnvironment(job);
    }

    private void keep(LocalJob job) {
        if (!job.equals(jobs.put(job.id(), job))) {
            store.save(job);
        }
    }

    private int usedCores() {
        return jobs.values().stream()
                .filter(LocalJob::runs)
                .mapToInt(LocalJob::cores)
                .sum();
    }

    private long usedMemoryMiB() {
        return jobs.values().stream()
                .filter(LocalJob::runs)
                .mapToLong(LocalJob::memoryMiB)
                .sum();
    }

    private static SubmitAnswer refused(ErrorCode code, String sentence, JobRequest request) {
        return new SubmitAnswer.Refused(
                new Failure(code, sentence + ": ask for less, or leave it out (user: " + request.owner() + ")."));
    }
}
