package io.anemone.core.vm;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.lease.LeaseEnd;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.ReleaseCause;
import io.anemone.core.vm.VmState.Booting;
import io.anemone.core.vm.VmState.Failed;
import io.anemone.core.vm.VmState.OnLease;
import io.anemone.core.vm.VmState.Pending;
import io.anemone.core.vm.VmState.Placed;
import io.anemone.core.vm.VmState.Preparing;
import io.anemone.core.vm.VmState.Queued;
import io.anemone.core.vm.VmState.Ready;
import io.anemone.core.vm.VmState.Running;
import io.anemone.core.vm.VmState.Stopped;
import io.anemone.core.vm.VmState.Stopping;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The only place where a VM's next state is made.
 *
 * <pre>
 * PENDING ──lease requested──▶ QUEUED ──assigned──▶ PLACED ▶ PREPARING ▶ BOOTING ▶ RUNNING ▶ READY
 *    │  └──────────assigned (static, direct)─────────▲         (the agent's progress; steps may be skipped)
 *    │                                │
 *    │ terminate                      │ PLACED, PREPARING, BOOTING, RUNNING, READY:
 *    ▼                                │   terminate, start deadline ──▶ STOPPING ──attempt or lease over──▶ its outcome
 * STOPPED(user)                       │   attempt ended, lease over ───────────────────────▶ STOPPED(reason)
 *                                     │   attempt failed, lease failed before RUNNING: node fault and attempts left
 *                                     │                                  ──▶ PENDING (next attempt), else FAILED(code)
 * PENDING, QUEUED ──refused, lease failed──▶ FAILED(code)
 * PENDING (direct) ──lease over──▶ STOPPED(reason) | FAILED(code)
 * </pre>
 *
 * <p>An attempt is over only by the word of its agent or of the scheduler about its lease; a deadline alone never
 * starts another attempt (that could give two live domains of one VM).
 */
public final class VmMachine {

    /** {@link io.anemone.core.wire.AgentExit}, which this package cannot see; a test holds them together. */
    private static final int EXIT_VM_FAILED = 20;

    private static final int EXIT_LEASE_ENDED = 23;

    private final VmLimits limits;

    public VmMachine(VmLimits limits) {
        this.limits = limits;
    }

    /** The first state of every VM. */
    public static VmState initial(Instant now) {
        return new Pending(1, now);
    }

    /**
     * @param spec  the VM, for what differs by launch path
     * @param state where it is
     * @param event what happened
     * @param now   when, by the orchestrator's clock
     */
    public VmStep apply(VmSpec spec, VmState state, VmEvent event, Instant now) {
        return switch (state) {
            case Pending pending -> pending(spec, pending, event, now);
            case Queued queued -> queued(spec, queued, event, now);
            case Stopping stopping -> stopping(spec, stopping, event, now);
            case OnLease live -> live(spec, live, event, now);
            case Stopped over -> ignored("already " + over.phase());
            case Failed over -> ignored("already " + over.phase());
        };
    }

    private VmStep pending(VmSpec spec, Pending state, VmEvent event, Instant now) {
        return switch (event) {
            case VmEvent.LeaseRequested(LeaseId lease) ->
                spec.path() == LaunchPath.SCHEDULED
                        ? moved(new Queued(state.attempt(), lease), "a job of its own was asked for")
                        : ignored("only a scheduled VM has a lease requested for it");
            case VmEvent.Assigned(LeaseId lease) ->
                spec.path() == LaunchPath.SCHEDULED
                        ? ignored("a scheduled VM is placed on the lease that was requested for it")
                        : placed(state.attempt(), lease, now);
            case VmEvent.TerminateRequested(StopReason reason, String message) ->
                moved(new Stopped(state.attempt(), reason, message), message);
            case VmEvent.Refused(Failure failure) -> failed(state.attempt(), failure);
            case VmEvent.Progressed e -> ignored("not placed");
            case VmEvent.AttemptEnded e -> ignored("not placed");
            case VmEvent.AttemptFailed e -> ignored("not placed");
            // A direct VM is its job's from the start, though not yet placed; it will never have another.
            case VmEvent.LeaseOver(LeaseId lease, LeaseEnd end) ->
                spec.path() == LaunchPath.DIRECT
                        ? neverRan(spec, state.attempt(), lease, end, now)
                        : ignored("not on a lease");
            case VmEvent.DeadlineExpired e -> ignored("PENDING has no deadline");
        };
    }

    private VmStep queued(VmSpec spec, Queued state, VmEvent event, Instant now) {
        return switch (event) {
            case VmEvent.Assigned(LeaseId lease) ->
                lease.equals(state.lease()) ? placed(state.attempt(), lease, now) : ignored("another lease");
            case VmEvent.LeaseOver(LeaseId lease, LeaseEnd end) ->
                lease.equals(state.lease())
                        ? neverRan(spec, state.attempt(), lease, end, now)
                        : ignored("another lease");
            // No agent was told of it yet, so there is no domain to wait for.
            case VmEvent.TerminateRequested(StopReason reason, String message) ->
                moved(
                        new Stopped(state.attempt(), reason, message),
                        message,
                        new VmEffect.ReleaseLease(state.lease(), ReleaseCause.USER));
            case VmEvent.Refused(Failure failure) ->
                moved(
                        new Failed(state.attempt(), failure),
                        failure.message(),
                        new VmEffect.ReleaseLease(state.lease(), ReleaseCause.VM_OVER));
            case VmEvent.LeaseRequested e -> ignored("has a lease already");
            case VmEvent.Progressed e -> ignored("not placed");
            case VmEvent.AttemptEnded e -> ignored("not placed");
            case VmEvent.AttemptFailed e -> ignored("not placed");
            case VmEvent.DeadlineExpired e -> ignored("QUEUED has no deadline: the scheduler decides");
        };
    }

    private VmStep live(VmSpec spec, OnLease state, VmEvent event, Instant now) {
        return switch (event) {
            case VmEvent.Progressed progress ->
                progress.attempt() == state.attempt() ? progressed(state, progress) : ignored("another attempt");
            case VmEvent.AttemptEnded(int attempt, StopReason reason, String message) ->
                attempt == state.attempt()
                        ? over(spec, state, new Outcome.Stop(reason, message), now)
                        : ignored("another attempt");
            case VmEvent.AttemptFailed(int attempt, Failure failure) ->
                attempt == state.attempt()
                        ? judged(over(spec, state, afterFailure(spec, state, failure), now), state, failure)
                        : ignored("another attempt");
            case VmEvent.LeaseOver(LeaseId lease, LeaseEnd end) ->
                lease.equals(state.lease()) ? leaseOver(spec, state, end, now) : ignored("another lease");
            case VmEvent.TerminateRequested(StopReason reason, String message) ->
                stoppingMove(state, new Outcome.Stop(reason, message), message, now);
            case VmEvent.Refused(Failure failure) ->
                stoppingMove(state, new Outcome.Fail(failure), failure.message(), now);
            case VmEvent.DeadlineExpired e -> deadline(spec, state, now);
            case VmEvent.LeaseRequested e -> ignored("has a lease already");
            case VmEvent.Assigned e -> ignored("has a lease already");
        };
    }

    private VmStep stopping(VmSpec spec, Stopping state, VmEvent event, Instant now) {
        return switch (event) {
            case VmEvent.AttemptEnded(int attempt, StopReason reason, String message) ->
                attempt == state.attempt() ? over(spec, state, state.then(), now) : ignored("another attempt");
            case VmEvent.AttemptFailed(int attempt, Failure failure) ->
                attempt == state.attempt() ? over(spec, state, state.then(), now) : ignored("another attempt");
            case VmEvent.LeaseOver(LeaseId lease, LeaseEnd end) ->
                lease.equals(state.lease()) ? over(spec, state, state.then(), now) : ignored("another lease");
            case VmEvent.TerminateRequested(StopReason reason, String message) ->
                switch (state.then()) {
                    case Outcome.Stop stop -> ignored("being stopped already");
                    case Outcome.Fail fail -> ignored("being stopped already");
                    case Outcome.Retry retry -> stoppingMove(state, new Outcome.Stop(reason, message), message, now);
                };
            case VmEvent.DeadlineExpired e -> stopOverdue(spec, state, now);
            case VmEvent.Progressed e -> ignored("being stopped");
            case VmEvent.Refused e -> ignored("being stopped already");
            case VmEvent.LeaseRequested e -> ignored("has a lease already");
            case VmEvent.Assigned e -> ignored("has a lease already");
        };
    }

    private VmStep placed(int attempt, LeaseId lease, Instant now) {
        return moved(
                new Placed(attempt, lease, now.plus(limits.start())),
                "placed on a lease (attempt " + attempt + ")",
                new VmEffect.SyncAgent(lease));
    }

    /** Reports may be late or repeated: a VM only ever comes further. */
    private static VmStep progressed(OnLease state, VmEvent.Progressed event) {
        if (event.progress().ordinal() <= reached(state)) {
            return ignored("not further than " + state.phase());
        }
        int attempt = state.attempt();
        LeaseId lease = state.lease();
        return switch (event.progress()) {
            case PREPARING -> moved(new Preparing(attempt, lease, deadlineOf(state)), "the node prepares its files");
            case BOOTING -> moved(new Booting(attempt, lease, deadlineOf(state)), "the hypervisor starts it");
            case RUNNING -> judged(moved(new Running(attempt, lease, event.ssh()), "the domain runs"), state, null);
            case READY ->
                judged(moved(new Ready(attempt, lease, sshOf(state, event)), "the guest is usable"), state, null);
        };
    }

    /** Once the guest has run, nothing that comes later says anything of how starts go; nor does a spec's fault. */
    private static VmStep.Moved judged(VmStep.Moved step, OnLease state, @Nullable Failure failure) {
        boolean news = reached(state) < Progress.RUNNING.ordinal() && (failure == null || failure.nodeFault());
        return news ? with(step, new VmEffect.StartJudged(state.attempt(), state.lease(), failure)) : step;
    }

    private static VmStep.Moved with(VmStep.Moved step, VmEffect effect) {
        List<VmEffect> effects = new ArrayList<>(step.effects());
        effects.add(effect);
        return new VmStep.Moved(step.next(), effects, step.note());
    }

    private static @Nullable SshEndpoint sshOf(OnLease state, VmEvent.Progressed event) {
        return event.ssh() == null && state instanceof Running running ? running.ssh() : event.ssh();
    }

    private static int reached(OnLease state) {
        return switch (state) {
            case Placed s -> -1;
            case Preparing s -> Progress.PREPARING.ordinal();
            case Booting s -> Progress.BOOTING.ordinal();
            case Running s -> Progress.RUNNING.ordinal();
            case Ready s -> Progress.READY.ordinal();
            case Stopping s -> Integer.MAX_VALUE;
        };
    }

    private static Instant deadlineOf(OnLease state) {
        Instant deadline = state.deadline();
        if (deadline == null) {
            throw new IllegalStateException(state.phase() + " has no deadline");
        }
        return deadline;
    }

    private VmStep deadline(VmSpec spec, OnLease state, Instant now) {
        Instant deadline = state.deadline();
        if (deadline == null || now.isBefore(deadline)) {
            return ignored("no deadline has passed");
        }
        Failure failure = new Failure(
                ErrorCode.START_TIMED_OUT,
                "The VM was still " + state.phase() + " after " + limits.start().toSeconds() + " s.");
        return judged(stoppingMove(state, afterFailure(spec, state, failure), failure.message(), now), state, failure);
    }

    /** Asks again, and takes a lease that serves this VM alone with it. Without evidence it stays STOPPING. */
    private VmStep stopOverdue(VmSpec spec, Stopping state, Instant now) {
        if (now.isBefore(state.deadline())) {
            return ignored("no deadline has passed");
        }
        List<VmEffect> effects = new ArrayList<>();
        effects.add(new VmEffect.SyncAgent(state.lease()));
        effects.addAll(giveBack(spec, state.lease(), ReleaseCause.VM_OVER));
        return new VmStep.Moved(
                new Stopping(state.attempt(), state.lease(), state.then(), now.plus(limits.stop())),
                effects,
                "still waiting for the node's word that it is over");
    }

    private VmStep leaseOver(VmSpec spec, OnLease state, LeaseEnd end, Instant now) {
        return switch (state) {
            case Running s -> over(spec, state, stopBy(end), now);
            case Ready s -> over(spec, state, stopBy(end), now);
            case Placed s -> neverRan(spec, s.attempt(), s.lease(), end, now);
            case Preparing s -> neverRan(spec, s.attempt(), s.lease(), end, now);
            case Booting s -> neverRan(spec, s.attempt(), s.lease(), end, now);
            case Stopping s -> over(spec, state, s.then(), now);
        };
    }

    /** The lease ended before the domain ran. */
    private VmStep neverRan(VmSpec spec, int attempt, LeaseId lease, LeaseEnd end, Instant now) {
        Failure failure = end.failure() != null ? end.failure() : new Failure(ErrorCode.JOB_ENDED_EARLY, end.message());
        boolean onPurpose = end.failure() == null
                && switch (end.cause()) {
                    case CANCELLED, WALLTIME, PREEMPTED, RELEASED -> true;
                    case REFUSED, FAILED, COMPLETED, NODE_LOST -> false;
                };
        // Somebody ended this VM's own lease. A pool's lease is not the VM's.
        Outcome outcome =
                onPurpose && spec.path() != LaunchPath.STATIC ? stopBy(end) : retryOrFail(spec, attempt, failure);
        VmStep.Moved step = result(attempt, outcome, now);
        return onPurpose || !failure.nodeFault() ? step : with(step, new VmEffect.StartJudged(attempt, lease, failure));
    }

    /** What became of a guest that ran, by its job alone: the agent's own word was lost, its exit code is left. */
    private static Outcome stopBy(LeaseEnd end) {
        Integer exitCode = end.exitCode();
        if (end.cause() == LeaseEnd.Cause.FAILED && exitCode != null && exitCode == EXIT_VM_FAILED) {
            return new Outcome.Fail(new Failure(
                    ErrorCode.GUEST_CRASHED, "The guest failed, and its agent could not say how. " + end.message()));
        }
        StopReason reason = switch (end.cause()) {
            case WALLTIME -> StopReason.WALLTIME;
            case PREEMPTED -> StopReason.PREEMPTED;
            // An agent ends its job with 0 only after its guest ended by itself; its report was lost.
            case COMPLETED -> exitCode != null && exitCode == 0 ? StopReason.GUEST : StopReason.LEASE_LOST;
            case RELEASED -> StopReason.OPERATOR;
            case FAILED ->
                exitCode != null && exitCode == EXIT_LEASE_ENDED ? StopReason.WALLTIME : StopReason.LEASE_LOST;
            case CANCELLED, NODE_LOST, REFUSED -> StopReason.LEASE_LOST;
        };
        return new Outcome.Stop(reason, end.message());
    }

    private Outcome afterFailure(VmSpec spec, OnLease state, Failure failure) {
        boolean ran = reached(state) >= Progress.RUNNING.ordinal();
        return ran ? new Outcome.Fail(failure) : retryOrFail(spec, state.attempt(), failure);
    }

    private Outcome retryOrFail(VmSpec spec, int attempt, Failure failure) {
        // A direct VM has the one lease that its owner's job gave it.
        boolean again = failure.nodeFault() && spec.path() != LaunchPath.DIRECT && attempt < limits.maxAttempts();
        return again ? new Outcome.Retry(failure) : new Outcome.Fail(failure);
    }

    /** The attempt is over for certain: what was to follow now does, and a lease of its own is given back. */
    private VmStep.Moved over(VmSpec spec, OnLease state, Outcome outcome, Instant now) {
        ReleaseCause cause = switch (outcome) {
            case Outcome.Stop stop -> ReleaseCause.VM_OVER;
            case Outcome.Fail fail -> ReleaseCause.VM_OVER;
            case Outcome.Retry retry -> ReleaseCause.ATTEMPT_FAILED;
        };
        VmStep.Moved step = result(state.attempt(), outcome, now);
        List<VmEffect> effects = new ArrayList<>();
        effects.add(new VmEffect.SyncAgent(state.lease()));
        effects.addAll(giveBack(spec, state.lease(), cause));
        return new VmStep.Moved(step.next(), effects, step.note());
    }

    private VmStep.Moved result(int attempt, Outcome outcome, Instant now) {
        return switch (outcome) {
            case Outcome.Stop(StopReason reason, String message) ->
                moved(new Stopped(attempt, reason, message), message);
            case Outcome.Fail(Failure failure) -> moved(new Failed(attempt, failure), failure.message());
            case Outcome.Retry(Failure failure) ->
                moved(
                        new Pending(attempt + 1, now.plus(limits.delayAfter(attempt))),
                        "attempt " + attempt + " failed, trying again: " + failure.message());
        };
    }

    private VmStep.Moved stoppingMove(OnLease state, Outcome then, String note, Instant now) {
        return moved(
                new Stopping(state.attempt(), state.lease(), then, now.plus(limits.stop())),
                note,
                new VmEffect.SyncAgent(state.lease()));
    }

    /** A pool's lease outlives its VMs; any other serves one VM. */
    private static List<VmEffect> giveBack(VmSpec spec, LeaseId lease, ReleaseCause cause) {
        return spec.path() == LaunchPath.STATIC ? List.of() : List.of(new VmEffect.ReleaseLease(lease, cause));
    }

    private static VmStep.Moved failed(int attempt, Failure failure) {
        return moved(new Failed(attempt, failure), failure.message());
    }

    private static VmStep.Moved moved(VmState next, String note, VmEffect... effects) {
        return new VmStep.Moved(next, List.of(effects), note);
    }

    private static VmStep ignored(String why) {
        return new VmStep.Ignored(why);
    }
}
