package io.anemone.core.lease;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Leases in every state and one event of every kind, all about the same lease and job. */
public final class LeaseFixtures {

    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    public static final Instant LATER = NOW.plus(Duration.ofMinutes(3));
    public static final Instant ENDS = NOW.plus(Duration.ofHours(1));
    public static final LeaseId ID = new LeaseId(new UUID(7, 1));
    public static final String JOB = "42";
    public static final String NODE = "n1";
    public static final Grant GRANT = new Grant(4, 4096);
    public static final Failure REFUSAL = new Failure(ErrorCode.SUBMIT_REJECTED, "Slurm refused the job.");

    private LeaseFixtures() {}

    public static List<LeaseState> states() {
        return List.of(
                new LeaseState.Requested(),
                new LeaseState.Submitting(LATER),
                new LeaseState.Queued(JOB),
                new LeaseState.Starting(JOB, NODE, LATER),
                new LeaseState.Active(JOB, NODE, ENDS, GRANT),
                new LeaseState.Draining(JOB, NODE, ENDS, GRANT),
                new LeaseState.Releasing(null, null, ReleaseCause.USER, LATER),
                new LeaseState.Releasing(JOB, NODE, ReleaseCause.USER, LATER),
                new LeaseState.Released(JOB, NODE, end(LeaseEnd.Cause.CANCELLED)),
                new LeaseState.Failed(LeaseEnd.failed(LeaseEnd.Cause.REFUSED, REFUSAL)));
    }

    public static LeaseEnd end(LeaseEnd.Cause cause) {
        return LeaseEnd.of(cause, "The job is over: " + cause + ".");
    }

    public static JobView job(String id, JobState state) {
        return job(id, ID.jobName(), "researcher", state, ENDS);
    }

    public static JobView job(String id, String name, String owner, JobState state, Instant endsAt) {
        @Nullable String node = state == JobState.PENDING ? null : NODE;
        @Nullable Instant ends = state == JobState.PENDING ? null : endsAt;
        @Nullable Integer exitCode = state.over() ? Integer.valueOf(0) : null;
        return new JobView(id, name, owner, state, "", node, 1, 512, NOW, node == null ? null : NOW, ends, exitCode);
    }

    /** One event of every kind, all about this job. */
    public static List<LeaseEvent> events(String jobId) {
        return List.of(
                new LeaseEvent.SubmitDue(),
                new LeaseEvent.Submitted(jobId),
                new LeaseEvent.SubmitRefused(REFUSAL),
                new LeaseEvent.JobSeen(job(jobId, JobState.PENDING)),
                new LeaseEvent.JobSeen(job(jobId, JobState.RUNNING)),
                new LeaseEvent.JobOver(jobId, end(LeaseEnd.Cause.NODE_LOST)),
                new LeaseEvent.AgentJoined(jobId, NODE, ENDS, GRANT),
                new LeaseEvent.DrainRequested("maintenance"),
                new LeaseEvent.ReleaseRequested(ReleaseCause.USER),
                new LeaseEvent.DeadlineExpired());
    }
}
