package io.anemone.simulation;

import io.anemone.core.lease.LeaseEnds;
import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.SubmitSettlement;
import io.anemone.core.plan.LeaseView;
import io.anemone.core.scheduler.JobAnswer;
import io.anemone.core.scheduler.JobRequest;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.scheduler.Scheduler;
import io.anemone.core.scheduler.SchedulerUnavailableException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Works off the outbox: claim, perform and settle are three steps, and anything may happen between them. */
final class EffectWorker {

    private static final long INTERVAL = 1000;
    private static final long PAST_ITS_CLAIM = 35_000;

    private final Site site;
    private final Orchestrator orchestrator;
    private final Scheduler scheduler;
    private final SubmitSettlement settlement;
    private final Outbox outbox;
    private final Set<EffectRow.Claim> underWay = new HashSet<>();
    private boolean raised;

    EffectWorker(Site site, Orchestrator orchestrator, Scheduler scheduler) {
        this.site = site;
        this.orchestrator = orchestrator;
        this.scheduler = scheduler;
        this.settlement = new SubmitSettlement(scheduler);
        this.outbox = new Outbox(site.database(), orchestrator.clock(), site.bug());
    }

    void start() {
        orchestrator.later(INTERVAL, () -> {
            start();
            claim();
        });
    }

    void raise() {
        if (!raised && !site.database().effects.isEmpty()) {
            raised = true;
            orchestrator.later(site.world().between(1, 10), () -> {
                raised = false;
                claim();
            });
        }
    }

    private void claim() {
        if (site.database().effects.isEmpty()) {
            return;
        }
        for (EffectRow.Claim claim : site.database().transact(() -> outbox.claim(this, underWay))) {
            underWay.add(claim);
            boolean stalls = site.faults().strikes(Fault.EFFECT_STALLS);
            long wait = stalls ? PAST_ITS_CLAIM : site.world().between(1, 20);
            orchestrator.later(wait, () -> perform(claim));
        }
    }

    private void perform(EffectRow.Claim claim) {
        boolean performed = false;
        try {
            if (site.database().transact(() -> outbox.holds(claim))) {
                Runnable outcome = outcome(claim);
                orchestrator.later(site.world().between(1, 20), () -> write(claim, outcome));
                performed = true;
            }
        } finally {
            if (!performed) {
                underWay.remove(claim);
            }
        }
    }

    private void write(EffectRow.Claim claim, Runnable outcome) {
        try {
            site.database().run(() -> {
                if (outbox.isNewest(claim)) {
                    outcome.run();
                }
            });
        } finally {
            underWay.remove(claim);
        }
    }

    /** Calls the scheduler. Returns what is to be written of it. */
    private Runnable outcome(EffectRow.Claim claim) {
        LeaseId lease = claim.key().lease();
        try {
            List<LeaseEvent> events = claim.key().cancels().isEmpty()
                    ? submit(claim)
                    : cancel(lease, claim.key().cancels());
            return () -> {
                events.forEach(event -> orchestrator.store().apply(lease, event));
                outbox.settle(claim);
            };
        } catch (SchedulerUnavailableException e) {
            return () -> outbox.tryAgain(claim);
        }
    }

    private List<LeaseEvent> submit(EffectRow.Claim claim) {
        LeaseRow lease = site.database()
                .transact(() -> orchestrator.store().lease(claim.key().lease()));
        int tries = site.bug() == PlantedBug.RESUBMIT_WITHOUT_SEARCH ? 1 : claim.tries();
        return settlement
                .settle(lease.id, lease.spec, lease.state, tries, () -> request(lease))
                .events();
    }

    private static JobRequest request(LeaseRow lease) {
        boolean whole = lease.spec.exclusive();
        return new JobRequest(
                lease.id.jobName(),
                lease.spec.owner(),
                null,
                null,
                lease.spec.cores(),
                whole ? 0 : lease.spec.memoryMiB() + (long) Doorkeeper.OVERHEAD_MIB,
                lease.spec.walltime(),
                whole,
                "agent",
                Map.of());
    }

    private List<LeaseEvent> cancel(LeaseId id, String jobId) {
        LeaseView lease =
                site.database().transact(() -> orchestrator.store().lease(id).view());
        if (scheduler.job(jobId, lease.spec().owner()) instanceof JobAnswer.Known(JobView job)
                && (lease.carriedBy(job) || lease.isNamesake(job))) {
            scheduler.cancel(job.id(), lease.spec().owner());
        }
        return site.bug() == PlantedBug.CANCELLED_IS_OVER
                ? List.of(new LeaseEvent.JobOver(jobId, LeaseEnds.forgotten(jobId)))
                : List.of();
    }
}
