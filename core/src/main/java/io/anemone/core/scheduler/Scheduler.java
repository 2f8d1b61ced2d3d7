package io.anemone.core.scheduler;

import java.util.List;

/**
 * The batch scheduler. Every call has a time limit of its own and ends in a clear answer or in a
 * {@link SchedulerUnavailableException}; implementations are safe for use by many threads.
 */
public interface Scheduler {

    /** Submits as {@link JobRequest#owner()}. Not idempotent: search with {@link #findByName} before repeating. */
    SubmitAnswer submit(JobRequest request);

    /** All jobs of this owner and name that the scheduler still knows, over or not. */
    List<JobView> findByName(String owner, String name);

    /** All jobs that the scheduler tells of, in one bulk query; what is not in it may be hidden. */
    JobListing jobs();

    /**
     * The direct question about one job, asked as the account that it should belong to: a scheduler may hide jobs from
     * others (Slurm's {@code PrivateData}), and then knows no such job, however alive it is.
     */
    JobAnswer job(String jobId, String owner);

    /** Ends a job, whatever its state. Harmless when it is over or unknown. */
    void cancel(String jobId, String owner);

    Cluster cluster();
}
