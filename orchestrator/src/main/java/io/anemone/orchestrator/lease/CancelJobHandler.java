package io.anemone.orchestrator.lease;

import io.anemone.core.scheduler.Scheduler;
import io.anemone.core.scheduler.SchedulerUnavailableException;
import io.anemone.orchestrator.effect.Effect;
import io.anemone.orchestrator.effect.EffectHandler;
import io.anemone.orchestrator.effect.EffectKind;
import io.anemone.orchestrator.history.Change;
import io.anemone.orchestrator.history.Changes;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Ends a lease's job. That it is over is for the scheduler to say afterwards. */
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
    public Runnable perform(Effect effect) {
        LeaseRecord lease = leases.find(effect.lease()).orElseThrow();
        if (lease.phase().terminal()) {
            return () -> {};
        }
        scheduler.cancel(effect.jobId(), lease.spec().owner());
        LOG.infof("job cancelled lease=%s job=%s", lease.id(), effect.jobId());
        return () -> changes.afterCommit(new Change.LookAtJobs());
    }

    @Override
    public void unavailable(Effect effect, SchedulerUnavailableException why) {
        leases.trouble(effect.lease(), "The scheduler does not answer at the moment; its job cannot be ended yet.");
    }
}
