package io.anemone.core.lease;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.lease.LeaseState.Active;
import io.anemone.core.lease.LeaseState.Draining;
import io.anemone.core.lease.LeaseState.Failed;
import io.anemone.core.lease.LeaseState.Queued;
import io.anemone.core.lease.LeaseState.Released;
import io.anemone.core.lease.LeaseState.Releasing;
import io.anemone.core.lease.LeaseState.Requested;
import io.anemone.core.lease.LeaseState.Starting;
import io.anemone.core.lease.LeaseState.Submitting;
import io.anemone.core.scheduler.JobView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The only place where a lease's next state is made.
 *
 * <pre>
 * REQUESTED ──submit due──▶ SUBMITTING ──submitted──▶ QUEUED ──job runs──▶ STARTING ──agent joined──▶ ACTIVE
 *     │                         │  ▲ deadline: ask again  │                    │                        │ drain
 *     │                         │                         │                    │ deadline               ▼
 *     │                         │ refused                 │                    │                     DRAINING
 *     │ release                 ▼                         ▼ release            ▼ release                │ release
 *     │                       FAILED                  RELEASING ◀──────────────┴────────────────────────┘
 *     ▼                                                   │  ▲ deadline: cancel the job (again)
 *  RELEASED ◀──────────────job over, in any phase─────────┘
 * </pre>
 *
 * <p>From SUBMITTING on there may be a job, so only the scheduler's word that the job is over ends a lease.
 */
public final class LeaseMachine {

    private final LeaseLimits limits;

    public LeaseMachine(LeaseLimits limits) {
        this.limits = limits;
    }

    /** The first state of a lease that the orchestrator asks for. */
    public static LeaseState requested() {
        return new Requested();
    }

    /** The first state of a lease whose job its owner submitted and that was verified to run. */
    public LeaseState foundRunning(String jobId, String node, Instant now) {
        return new Starting(jobId, node, now.plus(limits.start()));
    }

    /**
     * @param state where the lease is
     * @param event what happened
     * @param now   when, by the orchestrator's clock
     */
    public LeaseStep apply(LeaseState state, LeaseEvent event, Instant now) {
        return switch (event) {
            case LeaseEvent.SubmitDue e -> submitDue(state, now);
            case LeaseEvent.Submitted(String jobId) -> submitted(state, jobId, now);
            case LeaseEvent.SubmitRefused(Failure failure) -> submitRefused(state, failure);
            case LeaseEvent.JobSeen(JobView job) -> jobSeen(state, job, now);
            case LeaseEvent.JobOver(String jobId, LeaseEnd end) -> jobOver(state, jobId, end);
            case LeaseEvent.AgentJoined joined -> agentJoined(state, joined, now);
            case LeaseEvent.DrainRequested(String message) -> drain(state, message);
            case LeaseEvent.ReleaseRequested(ReleaseCause cause) -> release(state, cause, now);
            case LeaseEvent.DeadlineExpired e -> deadline(state, now);
        };
    }

    private LeaseStep submitDue(LeaseState state, Instant now) {
        return state instanceof Requested
                ? moved(
                        new Submitting(now.plus(limits.submit())),
                        "asking the scheduler for a job",
                        new LeaseEffect.SubmitJob())
                : ignored("submitted already");
    }

    private LeaseStep submitted(LeaseState state, String jobId, Instant now) {
        return switch (state) {
            case Submitting s -> moved(new Queued(jobId), "job " + jobId + " waits in the scheduler's queue");
            // Given back before the reply came: now there is a job to cancel.
            case Releasing s ->
                s.jobId() == null
                        ? moved(
                                new Releasing(jobId, null, s.cause(), now.plus(limits.release())),
                                "job " + jobId + " is not wanted any more",
                                new LeaseEffect.CancelJob(jobId))
                        : ignored("job known already");
            case Requested s -> ignored("nothing was submitted");
            case Queued s -> ignored("job known already");
            case Starting s -> ignored("job known already");
            case Active s -> ignored("job known already");
            case Draining s -> ignored("job known already");
            case Released s -> ignored("over");
            case Failed s -> ignored("over");
        };
    }

    private static LeaseStep submitRefused(LeaseState state, Failure failure) {
        LeaseEnd end = LeaseEnd.failed(LeaseEnd.Cause.REFUSED, failure);
        return switch (state) {
            case Submitting s -> moved(new Failed(end), failure.message());
            case Releasing s ->
                s.jobId() == null ? moved(new Released(null, null, end), failure.message()) : ignored("job known");
            case Requested s -> ignored("nothing was submitted");
            case Queued s -> ignored("job known");
            case Starting s -> ignored("job known");
            case Active s -> ignored("job known");
            case Draining s -> ignored("job known");
            case Released s -> ignored("over");
            case Failed s -> ignored("over");
        };
    }

    private LeaseStep jobSeen(LeaseState state, JobView job, Instant now) {
        if (state instanceof Submitting) {
            // The reply was lost, but the job is there.
            return moved(new Queued(job.id()), "job " + job.id() + " waits in the scheduler's queue");
        }
        if (state instanceof Releasing releasing && releasing.jobId() == null) {
            return submitted(state, job.id(), now);
        }
        String known = state.jobId();
        if (known == null || !known.equals(job.id())) {
            return ignored("another job");
        }
        String node = job.node();
        return switch (state) {
            case Queued s ->
                switch (job.state()) {
                    case RUNNING -> node == null ? ignored("no node yet") : started(job, node, now);
                    case PENDING, SUSPENDED, COMPLETING -> ignored("not running");
                    case COMPLETED, CANCELLED, FAILED, TIMEOUT, PREEMPTED, NODE_FAIL ->
                        ignored("over is another event");
                };
            case Active s ->
                changed(s.endsAt(), job.endsAt())
                        ? moved(new Active(s.jobId(), s.node(), ends(job.endsAt(), s.endsAt()), s.grant()), "")
                        : ignored("nothing new");
            case Draining s ->
                changed(s.endsAt(), job.endsAt())
                        ? moved(new Draining(s.jobId(), s.node(), ends(job.endsAt(), s.endsAt()), s.grant()), "")
                        : ignored("nothing new");
            case Starting s -> ignored("nothing new");
            case Releasing s -> ignored("nothing new");
            case Requested s -> ignored("no job yet");
            case Submitting s -> ignored("handled above");
            case Released s -> ignored("over");
            case Failed s -> ignored("over");
        };
    }

    private LeaseStep started(JobView job, String node, Instant now) {
        return moved(new Starting(job.id(), node, now.plus(limits.start())), "job " + job.id() + " started on " + node);
    }

    private static LeaseStep jobOver(LeaseState state, String jobId, LeaseEnd end) {
        String known = state.jobId();
        boolean unknownYet = state instanceof Submitting || (state instanceof Releasing && known == null);
        if (state.phase().terminal() || !(unknownYet || jobId.equals(known))) {
            return ignored("another job, or over already");
        }
        LeaseEnd why = state instanceof Releasing releasing ? asAskedFor(releasing, jobId, end) : end;
        return moved(new Released(jobId, state.node(), why), why.message());
    }

    /** A job that was being given back and was cancelled or came to its end did what it was told. */
    private static LeaseEnd asAskedFor(Releasing state, String jobId, LeaseEnd end) {
        return switch (end.cause()) {
            case CANCELLED, COMPLETED ->
                state.cause() == ReleaseCause.START_TIMED_OUT
                        ? LeaseEnd.failed(LeaseEnd.Cause.FAILED, neverJoined(state, jobId))
                        : new LeaseEnd(
                                LeaseEnd.Cause.RELEASED,
                                end.exitCode(),
                                "job " + jobId + " is over, as asked for",
                                null);
            case RELEASED, WALLTIME, PREEMPTED, NODE_LOST, REFUSED, FAILED -> end;
        };
    }

    /** The node's failure, not the VM's: it is tried elsewhere. */
    private static Failure neverJoined(Releasing state, String jobId) {
        return new Failure(
                ErrorCode.AGENT_NEVER_JOINED,
                "The job started but its agent did not report in time (job: " + jobId + ", node: " + state.node()
                        + ").");
    }

    private LeaseStep agentJoined(LeaseState state, LeaseEvent.AgentJoined e, Instant now) {
        return switch (state) {
            // The agent can be faster than the submit's reply and than the next look at the queue.
            case Submitting s -> joined(e);
            case Queued s -> s.jobId().equals(e.jobId()) ? joined(e) : ignored("another job");
            case Starting s -> s.jobId().equals(e.jobId()) ? joined(e) : ignored("another job");
            case Active s -> ignored("joined already");
            case Draining s -> ignored("joined already");
            // Whose submit's reply is outstanding: the agent is the first to tell of the job that is to be cancelled.
            case Releasing s -> s.jobId() == null ? submitted(s, e.jobId(), now) : ignored("being given back");
            case Requested s -> ignored("nothing was submitted");
            case Released s -> ignored("over");
            case Failed s -> ignored("over");
        };
    }

    private static LeaseStep joined(LeaseEvent.AgentJoined e) {
        return moved(
                new Active(e.jobId(), e.node(), e.endsAt(), e.grant()),
                "the agent on " + e.node() + " joined (job " + e.jobId() + ")",
                new LeaseEffect.SyncAgent());
    }

    private static LeaseStep drain(LeaseState state, String message) {
        return state instanceof Active s
                ? moved(new Draining(s.jobId(), s.node(), s.endsAt(), s.grant()), message)
                : ignored("only an ACTIVE lease drains");
    }

    private LeaseStep release(LeaseState state, ReleaseCause cause, Instant now) {
        Instant deadline = now.plus(limits.release());
        return switch (state) {
            case Requested s ->
                moved(
                        new Released(
                                null, null, LeaseEnd.of(LeaseEnd.Cause.RELEASED, "given back before it was submitted")),
                        "given back before it was submitted");
            case Submitting s ->
                moved(new Releasing(null, null, cause, deadline), "given back", new LeaseEffect.SubmitJob());
            case Queued s -> cancelling(s.jobId(), null, cause, deadline);
            case Starting s -> cancelling(s.jobId(), s.node(), cause, deadline);
            // The agent ends what runs and then its job; the deadline sees to it if the agent does not.
            case Active s -> releasing(s.jobId(), s.node(), cause, deadline);
            case Draining s -> releasing(s.jobId(), s.node(), cause, deadline);
            case Releasing s -> ignored("being given back already");
            case Released s -> ignored("over");
            case Failed s -> ignored("over");
        };
    }

    private static LeaseStep cancelling(String jobId, @Nullable String node, ReleaseCause cause, Instant deadline) {
        return moved(
                new Releasing(jobId, node, cause, deadline),
                "given back: job " + jobId + " is cancelled",
                new LeaseEffect.CancelJob(jobId));
    }

    private static LeaseStep releasing(String jobId, String node, ReleaseCause cause, Instant deadline) {
        return moved(
                new Releasing(jobId, node, cause, deadline),
                "given back: the agent ends job " + jobId,
                new LeaseEffect.SyncAgent());
    }

    private LeaseStep deadline(LeaseState state, Instant now) {
        Instant deadline = state.deadline();
        if (deadline == null || now.isBefore(deadline)) {
            return ignored("no deadline has passed");
        }
        return switch (state) {
            case Submitting s ->
                moved(
                        new Submitting(now.plus(limits.submit())),
                        "the scheduler has not answered yet; asking again",
                        new LeaseEffect.SubmitJob());
            case Starting s ->
                cancelling(s.jobId(), s.node(), ReleaseCause.START_TIMED_OUT, now.plus(limits.release()));
            case Releasing s -> releaseOverdue(s, now.plus(limits.release()));
            case Requested s -> ignored("has no deadline");
            case Queued s -> ignored("has no deadline");
            case Active s -> ignored("has no deadline");
            case Draining s -> ignored("has no deadline");
            case Released s -> ignored("over");
            case Failed s -> ignored("over");
        };
    }

    private static LeaseStep releaseOverdue(Releasing s, Instant deadline) {
        Releasing next = new Releasing(s.jobId(), s.node(), s.cause(), deadline);
        String jobId = s.jobId();
        return jobId == null
                ? moved(next, "the scheduler has not answered yet; asking again", new LeaseEffect.SubmitJob())
                : moved(next, "job " + jobId + " is still there: cancelling it", new LeaseEffect.CancelJob(jobId));
    }

    /** Schedulers move a job's end by fractions while it starts; only what a person would notice counts. */
    private static boolean changed(Instant known, @Nullable Instant seen) {
        return seen != null && Duration.between(known, seen).abs().compareTo(Duration.ofSeconds(1)) > 0;
    }

    private static Instant ends(@Nullable Instant seen, Instant known) {
        return seen != null ? seen : known;
    }

    private static LeaseStep moved(LeaseState next, String note, LeaseEffect... effects) {
        return new LeaseStep.Moved(next, List.of(effects), note);
    }

    private static LeaseStep ignored(String why) {
        return new LeaseStep.Ignored(why);
    }
}
