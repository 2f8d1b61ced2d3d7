package io.anemone.core.plan;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.VmId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A lease as the planner sees it.
 *
 * @param vm             the one VM that it serves; null for a pool's lease
 * @param since          when it came into this state
 * @param jobSubmittedAt when its job was submitted, which putting it back into the queue changes; null before its agent
 *                       joined
 */
public record LeaseView(
        LeaseId id,
        LeaseSpec spec,
        @Nullable VmId vm,
        LeaseState state,
        Instant since,
        @Nullable Instant jobSubmittedAt) {

    /**
     * Whether this job is the lease's, and not one that has its id by now. A direct lease's job has the name that its
     * owner gave it, and is known by the time of its submit.
     */
    public boolean carriedBy(JobView job) {
        return switch (spec.path()) {
            case DIRECT ->
                job.submittedAt().equals(jobSubmittedAt) && job.owner().equals(spec.owner());
            case STATIC, SCHEDULED -> isNamesake(job);
        };
    }

    /** Whether this job has the lease's name and owner, be it the one that backs the lease or a second one. */
    public boolean isNamesake(JobView job) {
        return job.name().equals(id.jobName()) && job.owner().equals(spec.owner());
    }

    /**
     * Whether this namesake is of no use for certain: until the submit is settled, it may be the one; and one that
     * backed the lease was still there before the lease's end.
     */
    public boolean hasNoUseFor(String jobId, Instant seenAt) {
        boolean itsOwn = jobId.equals(state.jobId());
        return state.phase().terminal() ? !itsOwn || seenAt.isAfter(since) : state.jobId() != null && !itsOwn;
    }

    /**
     * Whether this job waits in the queue after it had run as this lease: putting it back there changes the time of its
     * submit. With the time that it had before, the observation is old, whatever it says of its own age.
     */
    boolean wasPutBack(JobView job) {
        boolean later = jobSubmittedAt == null ? job.submittedAt().isAfter(since) : !isRun(job.submittedAt());
        return waitsAgain(job) && later;
    }

    /** Whether a job of this time of submit may be the run that the lease is. A database keeps less of it than was told. */
    public boolean isRun(Instant submittedAt) {
        return jobSubmittedAt == null
                || Duration.between(jobSubmittedAt, submittedAt).abs().compareTo(Duration.ofSeconds(1)) < 0;
    }

    /** Whether this job waits in the queue although the lease's has run. */
    boolean waitsAgain(JobView job) {
        return job.state() == JobState.PENDING
                && (state instanceof LeaseState.Starting
                        || state instanceof LeaseState.Active
                        || state instanceof LeaseState.Draining);
    }

    /** As {@link #carriedBy}, or it is a direct lease's job that was put back into the queue: that changes the time of its submit. */
    boolean mayBeCarriedBy(JobView job) {
        boolean putBack = spec.path() == LaunchPath.DIRECT && job.state() == JobState.PENDING;
        return carriedBy(job) || (putBack && job.owner().equals(spec.owner()));
    }
}
