package io.anemone.orchestrator.lease;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.lease.LeaseEnds;
import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.scheduler.Scheduler;
import io.anemone.core.scheduler.SchedulerUnavailableException;
import io.anemone.core.scheduler.SubmitAnswer;
import io.anemone.orchestrator.effect.Effect;
import io.anemone.orchestrator.effect.EffectHandler;
import io.anemone.orchestrator.effect.EffectKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Gets a lease its one job. A submit whose answer was lost may have been heard: before any try but the very first, the
 * job is looked for by the lease's name.
 */
@ApplicationScoped
class SubmitJobHandler implements EffectHandler {

    private static final Logger LOG = Logger.getLogger(SubmitJobHandler.class);
    private static final Runnable NOTHING = () -> {};
    private static final Failure NOT_SUBMITTED =
            new Failure(ErrorCode.LEASE_OVER, "It was given back before its job was submitted.");

    private final LeaseStore leases;
    private final JobRequests requests;
    private final Scheduler scheduler;

    SubmitJobHandler(LeaseStore leases, JobRequests requests, Scheduler scheduler) {
        this.leases = leases;
        this.requests = requests;
        this.scheduler = scheduler;
    }

    @Override
    public EffectKind kind() {
        return EffectKind.SUBMIT_JOB;
    }

    @Override
    public Runnable perform(Effect effect) {
        LeaseRecord lease = leases.find(effect.lease()).orElseThrow();
        boolean wanted = lease.state() instanceof LeaseState.Submitting;
        boolean givenBack = lease.state() instanceof LeaseState.Releasing releasing && releasing.jobId() == null;
        if (!wanted && !givenBack) {
            return NOTHING;
        }
        Optional<Runnable> found = effect.tries() > 1 ? search(lease) : Optional.empty();
        if (found.isPresent()) {
            return found.get();
        }
        return wanted ? submit(lease) : refused(lease, NOT_SUBMITTED);
    }

    private Runnable submit(LeaseRecord lease) {
        return switch (scheduler.submit(requests.of(lease))) {
            case SubmitAnswer.Accepted(String jobId) -> {
                LOG.infof(
                        "job submitted lease=%s job=%s owner=%s",
                        lease.id(), jobId, lease.spec().owner());
                yield () -> leases.apply(lease.id(), new LeaseEvent.Submitted(jobId), null);
            }
            case SubmitAnswer.Refused(Failure failure) -> refused(lease, failure);
        };
    }

    private Runnable refused(LeaseRecord lease, Failure failure) {
        return () -> leases.apply(lease.id(), new LeaseEvent.SubmitRefused(failure), null);
    }

    /** Should there be several all the same, one is kept and the others are ended. */
    private Optional<Runnable> search(LeaseRecord lease) {
        String owner = lease.spec().owner();
        List<JobView> jobs = scheduler.findByName(owner, lease.id().jobName()).stream()
                .sorted(Comparator.comparing((JobView job) -> job.state().over())
                        .thenComparing(JobView::submittedAt))
                .toList();
        jobs.stream().skip(1).filter(job -> !job.state().over()).forEach(job -> {
            LOG.warnf("a second job of one lease is ended lease=%s job=%s", lease.id(), job.id());
            scheduler.cancel(job.id(), owner);
        });
        return jobs.stream().findFirst().map(job -> {
            LOG.infof("job found again lease=%s job=%s", lease.id(), job.id());
            return () -> adopt(lease, job);
        });
    }

    private void adopt(LeaseRecord lease, JobView job) {
        leases.apply(lease.id(), new LeaseEvent.Submitted(job.id()), null);
        if (job.state().over()) {
            leases.apply(lease.id(), new LeaseEvent.JobOver(job.id(), LeaseEnds.of(job)), null);
        }
    }

    @Override
    public void unavailable(Effect effect, SchedulerUnavailableException why) {
        leases.trouble(effect.lease(), "The scheduler does not answer at the moment; trying again.");
    }
}
