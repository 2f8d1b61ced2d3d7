package io.anemone.orchestrator.lease;

import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.lease.SubmitSettlement;
import io.anemone.core.lease.SubmitSettlement.Settled;
import io.anemone.core.scheduler.JobRequest;
import io.anemone.core.scheduler.Scheduler;
import io.anemone.core.scheduler.SchedulerUnavailableException;
import io.anemone.orchestrator.effect.Claim;
import io.anemone.orchestrator.effect.Effect;
import io.anemone.orchestrator.effect.EffectHandler;
import io.anemone.orchestrator.effect.EffectKind;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Gets a lease its one job, see {@link SubmitSettlement}. */
@ApplicationScoped
class SubmitJobHandler implements EffectHandler {

    private static final Logger LOG = Logger.getLogger(SubmitJobHandler.class);

    private final LeaseStore leases;
    private final JobRequests requests;
    private final SubmitSettlement settlement;

    SubmitJobHandler(LeaseStore leases, JobRequests requests, Scheduler scheduler) {
        this.leases = leases;
        this.requests = requests;
        this.settlement = new SubmitSettlement(scheduler);
    }

    @Override
    public EffectKind kind() {
        return EffectKind.SUBMIT_JOB;
    }

    @Override
    public Runnable perform(Effect effect, Claim claim) {
        LeaseRecord lease = leases.find(effect.lease()).orElseThrow();
        Settled settled = settlement.settle(lease.id(), lease.spec(), lease.state(), effect.tries(), () -> {
            JobRequest request = requests.of(lease);
            claim.confirm();
            return request;
        });
        settled.second()
                .forEach(job -> LOG.warnf("a second job of one lease was ended lease=%s job=%s", lease.id(), job));
        if (settled.events().stream().findFirst().orElse(null) instanceof LeaseEvent.Submitted(String job)) {
            LOG.infof(
                    "job %s lease=%s job=%s owner=%s",
                    settled.found() ? "found again" : "submitted",
                    lease.id(),
                    job,
                    lease.spec().owner());
        }
        return () -> settled.events().forEach(event -> leases.apply(lease.id(), event, null));
    }

    @Override
    public void unavailable(Effect effect, SchedulerUnavailableException why) {
        leases.trouble(effect.lease(), "The scheduler does not answer at the moment; trying again.");
    }
}
