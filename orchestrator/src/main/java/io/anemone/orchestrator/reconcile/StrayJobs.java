package io.anemone.orchestrator.reconcile;

import io.anemone.core.plan.Decision;
import io.anemone.orchestrator.lease.LeaseStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Has stray jobs ended. One is looked at once in a while only: ending takes its time, and a job of another Anemone on
 * the same cluster is there for long and none of ours. Only the loop uses it.
 */
final class StrayJobs {

    private static final Logger LOG = Logger.getLogger(StrayJobs.class);
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final LeaseStore leases;
    private final Clock clock;
    private final Map<String, Instant> seen = new HashMap<>();

    StrayJobs(LeaseStore leases, Clock clock) {
        this.leases = leases;
        this.clock = clock;
    }

    void cancel(Decision.CancelStray stray) {
        Instant now = clock.instant();
        seen.values().removeIf(at -> at.plus(AGAIN).isBefore(now));
        if (seen.putIfAbsent(stray.jobId(), now) == null && leases.cancelStray(stray)) {
            LOG.warnf("a stray job is cancelled lease=%s job=%s", stray.lease(), stray.jobId());
        }
    }
}
