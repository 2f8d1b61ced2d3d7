package io.anemone.core.plan;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.scheduler.JobAnswer;
import io.anemone.core.scheduler.JobView;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * When to believe that the scheduler does not know a job any more. A scheduler that was restarted and lost its last
 * seconds says so at once, but what its nodes run of such a job it ends only when they have reported to it: until then
 * the guests in it live. That goes for a job that waits again under the same id, too: it may be a late submit of the
 * lease, beside the run that was lost. Believed is what is said twice, some time apart. Safe for use by many threads.
 */
public final class ForgottenJobs {

    private static final Duration APART = Duration.ofSeconds(10);

    /** After so long another matter. */
    private static final Duration MEMORY = Duration.ofMinutes(10);

    private final Map<LeaseId, Instant> first = new HashMap<>();

    /** Whether an answer to {@link Decision.ConfirmJob} may be acted on. */
    public synchronized boolean believes(LeaseView lease, JobAnswer answer, Instant now) {
        first.values().removeIf(at -> at.plus(MEMORY).isBefore(now));
        boolean known = switch (answer) {
            case JobAnswer.Known(JobView job) -> lease.mayBeCarriedBy(job) && !lease.wasPutBack(job);
            case JobAnswer.NoSuchJob none -> false;
        };
        if (known) {
            first.remove(lease.id());
            return true;
        }
        Instant at = first.putIfAbsent(lease.id(), now);
        return at != null && !now.isBefore(at.plus(APART));
    }
}
