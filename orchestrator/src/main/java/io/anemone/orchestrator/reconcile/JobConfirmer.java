package io.anemone.orchestrator.reconcile;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.plan.ForgottenJobs;
import io.anemone.core.plan.LeaseView;
import io.anemone.core.plan.Planner;
import io.anemone.core.scheduler.JobAnswer;
import io.anemone.core.scheduler.Scheduler;
import io.anemone.core.scheduler.SchedulerUnavailableException;
import io.anemone.orchestrator.lease.LeaseStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Asks the scheduler directly about jobs that a listing left out; each question on a thread of its own. */
@ApplicationScoped
class JobConfirmer {

    private static final Logger LOG = Logger.getLogger(JobConfirmer.class);
    private static final Duration GAP = Duration.ofSeconds(1);

    private final Scheduler scheduler;
    private final LeaseStore leases;
    private final Planner planner;
    private final Clock clock;
    private final ForgottenJobs forgotten = new ForgottenJobs();
    private final Map<LeaseId, Instant> asked = new ConcurrentHashMap<>();

    JobConfirmer(Scheduler scheduler, LeaseStore leases, Planner planner, Clock clock) {
        this.scheduler = scheduler;
        this.leases = leases;
        this.planner = planner;
        this.clock = clock;
    }

    void confirm(LeaseView lease, String jobId) {
        Instant now = clock.instant();
        asked.values().removeIf(at -> at.plus(GAP).isBefore(now));
        if (asked.putIfAbsent(lease.id(), now) == null) {
            Thread.ofVirtual().name("confirm-" + jobId).start(() -> ask(lease, jobId));
        }
    }

    private void ask(LeaseView lease, String jobId) {
        try {
            JobAnswer answer = scheduler.job(jobId, lease.spec().owner());
            if (forgotten.believes(lease, answer, clock.instant())) {
                leases.apply(lease.id(), planner.confirmed(lease, jobId, answer), null);
            }
        } catch (SchedulerUnavailableException e) {
            LOG.debugf("job %s stays unknown: %s", jobId, e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "what the scheduler said of a job was not taken in lease=%s job=%s", lease.id(), jobId);
        }
    }
}
