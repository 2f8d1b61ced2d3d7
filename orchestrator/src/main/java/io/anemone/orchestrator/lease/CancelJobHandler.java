package io.anemone.orchestrator.lease;

import io.anemone.core.plan.LeaseView;
import io.anemone.core.scheduler.JobAnswer;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.scheduler.Scheduler;
import io.anemone.core.scheduler.SchedulerUnavailableException;
import io.anemone.orchestrator.effect.Claim;
import io.anemone.orchestrator.effect.Effect;
import io.anemone.orchestrator.effect.EffectHandler;
import io.anemone.orchestrator.effect.EffectKind;
import io.anemone.orchestrator.history.Change;
import io.anemone.orchestrator.history.Changes;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Ends a lease's job, or one that has its name and does not back it. That it is over is for the scheduler to say
 * afterwards. A scheduler that lost its last seconds gives an id out twice, so the job is looked at first.
 */
@ApplicationScoped
class CancelJobHandler implements EffectHandler {

    private static final Logger LOG = Logger.getLogger(CancelJobHandler.class);

    private final LeaseStore leases;
    private final Changes changes;
    private final Scheduler scheduler;

    CancelJobHandler(LeaseStore leases, Changes changes, Scheduler scheduler) {
        this.leases = leases;
        this.changes = changes;
        this.scheduler = scheduler;
    }

    @Override
    public EffectKind kind() {
        return EffectKind.CANCEL_JOB;
    }

    @Override
    public Runnable perform(Effect effect, Claim claim) {
        LeaseView lease = leases.view(effect.lease()).orElseThrow();
        switch (scheduler.job(effect.jobId(), lease.spec().owner())) {
            case JobAnswer.Known(JobView job) -> cancel(lease, job);
            case JobAnswer.NoSuchJob none -> {}
        }
        return () -> changes.afterCommit(new Change.LookAtJobs());
    }

    private void cancel(LeaseView lease, JobView job) {
        if (lease.carriedBy(job) || lease.isNamesake(job)) {
            scheduler.cancel(job.id(), lease.spec().owner());
            LOG.infof("job cancelled lease=%s job=%s", lease.id(), job.id());
        } else {
            LOG.warnf("not cancelled: the id is another job's by now lease=%s job=%s", lease.id(), job.id());
        }
    }

    @Override
    public void unavailable(Effect effect, SchedulerUnavailableException why) {
        leases.trouble(effect.lease(), "The scheduler does not answer at the moment; its job cannot be ended yet.");
    }
}
