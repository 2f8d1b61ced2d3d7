package io.anemone.core.scheduler;

import java.time.Instant;
import java.util.List;

/**
 * One bulk answer about jobs.
 *
 * @param takenAt  when the question was sent, by the asking side's clock: what began later cannot be in it
 * @param complete whether the scheduler vouched that nothing was left out
 * @param jobs     all jobs that it told of
 */
public record JobListing(Instant takenAt, boolean complete, List<JobView> jobs) {

    public JobListing {
        jobs = List.copyOf(jobs);
    }
}
