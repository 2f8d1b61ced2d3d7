package io.anemone.simulation;

import io.anemone.core.scheduler.JobAnswer;
import io.anemone.core.scheduler.JobListing;
import io.anemone.core.scheduler.JobRequest;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.scheduler.Scheduler;
import io.anemone.core.scheduler.SchedulerUnavailableException;
import io.anemone.core.scheduler.SubmitAnswer;
import java.time.Clock;
import java.util.List;

/** What one orchestrator gets to hear of the scheduler, and what the scheduler gets to hear of it. */
final class SchedulerAccess implements Scheduler {

    private static final SchedulerUnavailableException NO_ANSWER =
            new SchedulerUnavailableException("The scheduler does not answer.");

    private final Site site;
    private final Cluster cluster;
    private final Clock clock;
    /** What it said some time ago, which a cache on the way may say again. */
    private List<JobView> stale = List.of();

    SchedulerAccess(Site site, Cluster cluster, Clock clock) {
        this.site = site;
        this.cluster = cluster;
        this.clock = clock;
        site.world().after(World.NATURE, 5000, this::remember);
    }

    private void remember() {
        stale = cluster.scheduler().everyJob();
        site.world().after(World.NATURE, site.world().between(4000, 15_000), this::remember);
    }

    @Override
    public SubmitAnswer submit(JobRequest request) {
        answerOrFail(Fault.CALL_UNAVAILABLE);
        if (site.faults().strikes(Fault.SUBMIT_LATE)) {
            site.world().after(World.NATURE, site.world().between(200, 20_000), () -> {
                cluster.scheduler().submit(request);
                site.world().tell("scheduler", "a late submit of " + request.name() + " arrives");
            });
            throw NO_ANSWER;
        }
        oneJobForEachLease(request);
        SubmitAnswer answer = cluster.scheduler().submit(request);
        if (site.faults().strikes(Fault.SUBMIT_REPLY_LOST)) {
            throw NO_ANSWER;
        }
        return answer;
    }

    /** I3: a second one is no way to be sure of the first, unless that one was not there yet to be found. */
    private void oneJobForEachLease(JobRequest request) {
        boolean second = !site.faults().ever(Fault.SUBMIT_LATE)
                && cluster.live().stream().anyMatch(job -> job.name().equals(request.name()));
        if (second) {
            throw new Violation("I3: a second job is submitted as " + request.name());
        }
    }

    @Override
    public List<JobView> findByName(String owner, String name) {
        answerOrFail(Fault.CALL_UNAVAILABLE);
        return cluster.scheduler().findByName(owner, name);
    }

    @Override
    public JobListing jobs() {
        answerOrFail(Fault.LISTING_UNAVAILABLE);
        if (site.faults().strikes(Fault.LISTING_EMPTY)) {
            return new JobListing(clock.instant(), true, List.of());
        }
        List<JobView> jobs = cluster.scheduler().everyJob();
        if (site.faults().strikes(Fault.LISTING_TRUNCATED)) {
            return new JobListing(clock.instant(), false, jobs.subList(0, jobs.size() / 2));
        }
        return new JobListing(clock.instant(), true, site.faults().strikes(Fault.LISTING_STALE) ? stale : jobs);
    }

    @Override
    public JobAnswer job(String jobId, String owner) {
        answerOrFail(Fault.CALL_UNAVAILABLE);
        return cluster.scheduler().job(jobId, owner);
    }

    @Override
    public void cancel(String jobId, String owner) {
        answerOrFail(Fault.CALL_UNAVAILABLE);
        if (!site.faults().strikes(Fault.CANCEL_LOST)) {
            cluster.cancel(jobId, owner);
        }
    }

    @Override
    public io.anemone.core.scheduler.Cluster cluster() {
        answerOrFail(Fault.CALL_UNAVAILABLE);
        return cluster.scheduler().cluster();
    }

    /** The scheduler as it truly is, for the process that comes after this one. */
    Cluster truth() {
        return cluster;
    }

    private void answerOrFail(Fault fault) {
        if (!cluster.answers() || site.faults().strikes(fault)) {
            throw NO_ANSWER;
        }
    }
}
