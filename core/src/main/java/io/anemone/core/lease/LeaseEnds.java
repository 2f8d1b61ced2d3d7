package io.anemone.core.lease;

import io.anemone.core.scheduler.JobView;

/** Translates the scheduler's last word on a job into the end of its lease. */
public final class LeaseEnds {

    private LeaseEnds() {}

    /** @throws IllegalArgumentException if the job is not over */
    public static LeaseEnd of(JobView job) {
        String where = job.node() == null ? "" : ", node: " + job.node();
        String identity = " (job: " + job.id() + where + ")";
        return switch (job.state()) {
            case COMPLETED -> end(LeaseEnd.Cause.COMPLETED, job, "The job came to its end" + identity);
            case CANCELLED -> end(LeaseEnd.Cause.CANCELLED, job, "The job was cancelled" + identity);
            case FAILED -> end(LeaseEnd.Cause.FAILED, job, "The job ended with exit code " + job.exitCode() + identity);
            case TIMEOUT -> end(LeaseEnd.Cause.WALLTIME, job, "The job reached its time limit" + identity);
            case PREEMPTED -> end(LeaseEnd.Cause.PREEMPTED, job, "The scheduler preempted the job" + identity);
            case NODE_FAIL -> end(LeaseEnd.Cause.NODE_LOST, job, "The node failed under the job" + identity);
            case PENDING, RUNNING, SUSPENDED, COMPLETING ->
                throw new IllegalArgumentException("job " + job.id() + " is " + job.state() + ", not over");
        };
    }

    /** The scheduler answered a direct question: it knows no such job any more. */
    public static LeaseEnd forgotten(String jobId) {
        return LeaseEnd.of(
                LeaseEnd.Cause.CANCELLED, "The scheduler does not know the job any more (job: " + jobId + ")");
    }

    /** The scheduler took the job off its node. Another run of it, elsewhere, is not this lease. */
    public static LeaseEnd putBack(String jobId) {
        return LeaseEnd.of(
                LeaseEnd.Cause.NODE_LOST,
                "The scheduler took the job off its node and put it back into its queue (job: " + jobId + ")");
    }

    private static LeaseEnd end(LeaseEnd.Cause cause, JobView job, String message) {
        return new LeaseEnd(cause, job.exitCode(), message, null);
    }
}
