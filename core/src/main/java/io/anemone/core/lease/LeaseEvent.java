package io.anemone.core.lease;

import io.anemone.core.error.Failure;
import io.anemone.core.scheduler.JobView;
import java.time.Instant;

/** Something that happened to a lease or its job, or that somebody wants of it. */
public sealed interface LeaseEvent {

    /** It is time to ask the scheduler for the job. */
    record SubmitDue() implements LeaseEvent {}

    /** The scheduler has the job. */
    record Submitted(String jobId) implements LeaseEvent {}

    /** The scheduler refused the job; there is none. */
    record SubmitRefused(Failure failure) implements LeaseEvent {}

    /** The scheduler was seen to know the job, which is not over. */
    record JobSeen(JobView job) implements LeaseEvent {}

    /** The scheduler said that the job is over, and nothing of it runs any more. */
    record JobOver(String jobId, LeaseEnd end) implements LeaseEvent {}

    /** The job's agent joined and proved that it belongs to the lease. */
    record AgentJoined(String jobId, String node, Instant endsAt, Grant grant) implements LeaseEvent {}

    /** No new VM shall be placed on it. */
    record DrainRequested(String message) implements LeaseEvent {}

    record ReleaseRequested(ReleaseCause cause) implements LeaseEvent {}

    /** The current state's deadline has passed. */
    record DeadlineExpired() implements LeaseEvent {}
}
