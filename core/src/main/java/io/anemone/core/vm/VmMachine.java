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
import io.anemone.core.vm.VmState.Suspended;
import io.anemone.core.vm.VmState.Suspending;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
 *
 * RUNNING, READY ──suspend──▶ SUSPENDING ──saved──▶ SUSPENDED ──resume──▶ PENDING (next attempt, from what was saved)
 *        ▲                        │                     ▲
 *        └────could not be saved──┘                     └── whatever would be FAILED or a lease's end before RUNNING
 * </pre>
 *
 * <p>What was saved is never given up but by its owner: until the guest runs again, each state keeps it
 * ({@link VmState#saved}), and an attempt that cannot go on from it leads back to SUSPENDED.
 *
 * <p>An attempt is over only by the word of its agent or of the scheduler about its lease; a deadline alone never
 * starts another attempt (that could give two live domains of one VM).
 */
public final class VmMachine {

    private static final String KEPT = "It stays suspended, as its owner wants.";

    private final VmLimits limits;
    private final Outcomes outcomes;

    public VmMachine(VmLimits limits) {
        this.limits = limits;
        this.outcomes = new Outcomes(limits);
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
            case Suspended suspended -> suspended(suspended, event, now);
            case Stopped over -> ignored("already " + over.phase());
            case Failed over -> ignored("already " + over.phase());
        };
    }

    private VmStep pending(VmSpec spec, Pending state, VmEvent event, Instant now) {
        return switch (event) {
            case VmEvent.LeaseRequested(LeaseId lease) ->
                spec.path() == LaunchPath.SCHEDULED
                        ? moved(new Queued(state.attempt(), lease, state.saved()), "a job of its own was asked for")
                        : ignored("only a scheduled VM has a lease requested for it");
            case VmEvent.Assigned(LeaseId lease) ->
                spec.path() == LaunchPath.SCHEDULED
                        ? ignored("a scheduled VM is placed on the lease that was requested for it")
                        : placed(state, lease, now);
            case VmEvent.TerminateRequested(StopReason reason, String message) ->
                moved(new Stopped(state.attempt(), reason, message), message);
            case VmEvent.Refused(Failure failure) ->
                result(state.attempt(), Outcomes.giveUp(failure, state.saved()), now);
            case VmEvent.SuspendRequested e ->
                state.saved() == null ? ignored("there is nothing to keep") : backTo(state.attempt(), state.saved());
            case VmEvent.Progressed e -> ignored("not placed");
            case VmEvent.AttemptEnded e -> ignored("not placed");
            case VmEvent.AttemptFailed e -> ignored("not placed");
            case VmEvent.AttemptSuspended e -> ignored("not placed");
            case VmEvent.SuspendFailed e -> ignored("not placed");
            case VmEvent.ResumeRequested e -> ignored("it is to run");
            // A direct VM is its job's from the start, though not yet placed; it will never have another.
            case VmEvent.LeaseOver(LeaseId lease, LeaseEnd end) ->
                spec.path() == LaunchPath.DIRECT ? neverRan(spec, state, lease, end, now) : ignored("not on a lease");
            case VmEvent.DeadlineExpired e -> ignored("PENDING has no deadline");
        };
    }

    private VmStep queued(VmSpec spec, Queued state, VmEvent event, Instant now) {
        return switch (event) {
            case VmEvent.Assigned(LeaseId lease) ->
                lease.equals(state.lease()) ? placed(state, lease, now) : ignored("another lease");
            case VmEvent.LeaseOver(LeaseId lease, LeaseEnd end) ->
                lease.equals(state.lease()) ? neverRan(spec, state, lease, end, now) : ignored("another lease");
            // No agent was told of it yet, so there is no domain to wait for.
            case VmEvent.TerminateRequested(StopReason reason, String message) ->
                moved(
                        new Stopped(state.attempt(), reason, message),
                        message,
                        new VmEffect.ReleaseLease(state.lease(), ReleaseCause.USER));
            case VmEvent.Refused(Failure failure) ->
                with(
                        result(state.attempt(), Outcomes.giveUp(failure, state.saved()), now),
                        new VmEffect.ReleaseLease(state.lease(), ReleaseCause.VM_OVER));
            case VmEvent.SuspendRequested e ->
                state.saved() == null
                        ? ignored("there is nothing to keep")
                        : with(
                                backTo(state.attempt(), state.saved()),
                                new VmEffect.ReleaseLease(state.lease(), ReleaseCause.SUSPENDED));
            case VmEvent.LeaseRequested e -> ignored("has a lease already");
            case VmEvent.Progressed e -> ignored("not placed");
            case VmEvent.AttemptEnded e -> ignored("not placed");
            case VmEvent.AttemptFailed e -> ignored("not placed");
            case VmEvent.AttemptSuspended e -> ignored("not placed");
            case VmEvent.SuspendFailed e -> ignored("not placed");
            case VmEvent.ResumeRequested e -> ignored("it is to run");
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
            case VmEvent.AttemptSuspended(int attempt) ->
                attempt == state.attempt() ? suspended(spec, state, now) : ignored("another attempt");
            case VmEvent.SuspendFailed failed -> suspendFailed(state, failed);
            case VmEvent.SuspendRequested e -> suspend(spec, state, now);
            case VmEvent.ResumeRequested e -> ignored("not suspended");
            case VmEvent.LeaseOver(LeaseId lease, LeaseEnd end) ->
                lease.equals(state.lease()) ? leaseOver(spec, state, end, now) : ignored("another lease");
            case VmEvent.TerminateRequested(StopReason reason, String message) ->
                stoppingMove(state, new Outcome.Stop(reason, message), message, now);
            case VmEvent.Refused(Failure failure) ->
                stoppingMove(state, Outcomes.giveUp(failure, state.saved()), failure.message(), now);
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
            case VmEvent.AttemptSuspended(int attempt) ->
                attempt == state.attempt() ? suspended(spec, state, now) : ignored("another attempt");
            case VmEvent.LeaseOver(LeaseId lease, LeaseEnd end) ->
                lease.equals(state.lease()) ? leaseOver(spec, state, end, now) : ignored("another lease");
            case VmEvent.TerminateRequested(StopReason reason, String message) ->
                switch (state.then()) {
                    case Outcome.Stop stop -> ignored("being stopped already");
                    case Outcome.Fail fail -> ignored("being stopped already");
                    case Outcome.Retry retry -> stoppingMove(state, new Outcome.Stop(reason, message), message, now);
                    case Outcome.Suspend back -> stoppingMove(state, new Outcome.Stop(reason, message), message, now);
                };
            case VmEvent.SuspendRequested e ->
                state.then() instanceof Outcome.Retry retry && retry.saved() != null
                        ? stoppingMove(state, Outcomes.backTo(retry.saved()), KEPT, now)
                        : ignored("being stopped already");
            case VmEvent.DeadlineExpired e -> stopOverdue(spec, state, now);
            case VmEvent.Progressed e -> ignored("being stopped");
            case VmEvent.SuspendFailed e -> ignored("being stopped");
            case VmEvent.ResumeRequested e -> ignored("not suspended");
            case VmEvent.Refused e -> ignored("being stopped already");
            case VmEvent.LeaseRequested e -> ignored("has a lease already");
            case VmEvent.Assigned e -> ignored("has a lease already");
        };
    }

    private VmStep suspended(Suspended state, VmEvent event, Instant now) {
        return switch (event) {
            case VmEvent.ResumeRequested e ->
                moved(new Pending(state.attempt() + 1, now, state.saved()), "it shall go on");
            case VmEvent.TerminateRequested(StopReason reason, String message) ->
                moved(new Stopped(state.attempt(), reason, message), message);
            case VmEvent.SuspendRequested e -> ignored("is suspended");
            case VmEvent.LeaseRequested e -> ignored("is suspended");
            case VmEvent.Assigned e -> ignored("is suspended");
            case VmEvent.Progressed e -> ignored("is suspended");
            case VmEvent.AttemptEnded e -> ignored("is suspended");
            case VmEvent.AttemptFailed e -> ignored("is suspended");
            case VmEvent.AttemptSuspended e -> ignored("is suspended");
            case VmEvent.SuspendFailed e -> ignored("is suspended");
            case VmEvent.LeaseOver e -> ignored("not on a lease");
            case VmEvent.Refused e -> ignored("is suspended");
            case VmEvent.DeadlineExpired e -> ignored("SUSPENDED has no deadline");
        };
    }

    /** An attempt that has not come to run yet has nothing that could be saved: it ends, and what was saved is left. */
    private VmStep suspend(VmSpec spec, OnLease state, Instant now) {
        return switch (state) {
            case Running s -> suspending(spec, state, s.ssh(), false, now);
            case Ready s -> suspending(spec, state, s.ssh(), true, now);
            case Placed s -> keep(s, now);
            case Preparing s -> keep(s, now);
            case Booting s -> keep(s, now);
            case Suspending s -> ignored("being suspended already");
            case Stopping s -> ignored("being stopped already");
        };
    }

    private VmStep keep(OnLease state, Instant now) {
        Saved saved = state.saved();
        return saved == null
                ? ignored("there is nothing to save yet")
                : stoppingMove(state, Outcomes.backTo(saved), KEPT, now);
    }

    private VmStep suspending(VmSpec spec, OnLease state, @Nullable SshEndpoint ssh, boolean ready, Instant now) {
        // Its job is its owner's own: nobody could give it another.
        return spec.path() == LaunchPath.DIRECT
                ? ignored("a direct VM lives and ends with its job")
                : moved(
                        new Suspending(
                                state.attempt(), state.lease(), ssh, ready, orderedAt(now), now.plus(limits.suspend())),
                        "memory and disk are being saved",
                        new VmEffect.SyncAgent(state.lease()));
    }

    /** As exact as it is kept everywhere, for it is compared. */
    private static Instant orderedAt(Instant now) {
        return now.truncatedTo(ChronoUnit.MILLIS);
    }

    private static VmStep suspendFailed(OnLease state, VmEvent.SuspendFailed event) {
        if (!(state instanceof Suspending suspending)
                || event.attempt() != state.attempt()
                || !event.askedAt().equals(suspending.askedAt())) {
            return ignored("the answer to another order");
        }
        VmState before = suspending.ready()
                ? new Ready(state.attempt(), state.lease(), suspending.ssh())
                : new Running(state.attempt(), state.lease(), suspending.ssh());
        return moved(
                before,
                "it could not be suspended and runs on: " + event.failure().message(),
                new VmEffect.GoalGivenUp(Goal.RUN),
                new VmEffect.SyncAgent(state.lease()));
    }

    private VmStep placed(VmState state, LeaseId lease, Instant now) {
        return moved(
                new Placed(state.attempt(), lease, now.plus(limits.start()), state.saved()),
                "placed on a lease (attempt " + state.attempt() + ")",
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
            case PREPARING ->
                moved(new Preparing(attempt, lease, deadlineOf(state), state.saved()), "the node prepares its files");
            case BOOTING ->
                moved(new Booting(attempt, lease, deadlineOf(state), state.saved()), "the hypervisor starts it");
            case RUNNING -> ran(moved(new Running(attempt, lease, event.ssh()), "the domain runs"), state);
            case READY -> ran(moved(new Ready(attempt, lease, sshOf(state, event)), "the guest is usable"), state);
        };
    }

    /** What it went on from is of no use any more, which its agent must know. */
    private static VmStep.Moved ran(VmStep.Moved step, OnLease state) {
        VmStep.Moved judged = judged(step, state, null);
        return state.saved() == null ? judged : with(judged, new VmEffect.SyncAgent(state.lease()));
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
            case Suspending s -> Integer.MAX_VALUE;
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
        if (state instanceof Suspending suspending) {
            return suspendOverdue(suspending, now);
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

    /** Whether it is saved only its agent knows, and it alone gives it up. */
    private VmStep suspendOverdue(Suspending state, Instant now) {
        return moved(
                new Suspending(
                        state.attempt(),
                        state.lease(),
                        state.ssh(),
                        state.ready(),
                        state.askedAt(),
                        now.plus(limits.suspend())),
                "still waiting for the node's word that it is saved",
                new VmEffect.SyncAgent(state.lease()));
    }

    /** Its agent says so, or its job's exit code does. */
    private VmStep suspended(VmSpec spec, OnLease state, Instant now) {
        Outcome outcome = state instanceof Stopping stopping
                ? Outcomes.savedAfterAll(spec, state.attempt(), stopping.then())
                : Outcomes.saved(spec, state.attempt());
        return over(spec, state, outcome, now);
    }

    private VmStep leaseOver(VmSpec spec, OnLease state, LeaseEnd end, Instant now) {
        // However far it had come by the reports that arrived: its agent knows better.
        if (Outcomes.saysSaved(end)) {
            return suspended(spec, state, now);
        }
        return switch (state) {
            case Running s -> over(spec, state, Outcomes.stopBy(spec, s.attempt(), end), now);
            case Ready s -> over(spec, state, Outcomes.stopBy(spec, s.attempt(), end), now);
            case Suspending s -> over(spec, state, Outcomes.stopBy(spec, s.attempt(), end), now);
            case Placed s -> neverRan(spec, s, s.lease(), end, now);
            case Preparing s -> neverRan(spec, s, s.lease(), end, now);
            case Booting s -> neverRan(spec, s, s.lease(), end, now);
            case Stopping s -> over(spec, state, s.then(), now);
        };
    }

    /** The lease ended before the domain ran. */
    private VmStep neverRan(VmSpec spec, VmState state, LeaseId lease, LeaseEnd end, Instant now) {
        Failure failure = Outcomes.failureOf(end);
        boolean onPurpose = Outcomes.onPurpose(end);
        VmStep.Moved step = result(state.attempt(), outcomes.neverRan(spec, state, end), now);
        return onPurpose || !failure.nodeFault()
                ? step
                : with(step, new VmEffect.StartJudged(state.attempt(), lease, failure));
    }

    private Outcome afterFailure(VmSpec spec, OnLease state, Failure failure) {
        boolean ran = reached(state) >= Progress.RUNNING.ordinal();
        return ran ? new Outcome.Fail(failure) : outcomes.retryOrGiveUp(spec, state, failure);
    }

    /** The attempt is over for certain: what was to follow now does, and a lease of its own is given back. */
    private VmStep.Moved over(VmSpec spec, OnLease state, Outcome outcome, Instant now) {
        ReleaseCause cause = switch (outcome) {
            case Outcome.Stop stop -> ReleaseCause.VM_OVER;
            case Outcome.Fail fail -> ReleaseCause.VM_OVER;
            case Outcome.Retry retry -> ReleaseCause.ATTEMPT_FAILED;
            case Outcome.Suspend suspend -> ReleaseCause.SUSPENDED;
        };
        VmStep.Moved step = result(state.attempt(), outcome, now);
        List<VmEffect> effects = new ArrayList<>(step.effects());
        effects.add(new VmEffect.SyncAgent(state.lease()));
        effects.addAll(giveBack(spec, state.lease(), cause));
        return new VmStep.Moved(step.next(), effects, step.note());
    }

    private VmStep.Moved result(int attempt, Outcome outcome, Instant now) {
        return switch (outcome) {
            case Outcome.Stop(StopReason reason, String message) ->
                moved(new Stopped(attempt, reason, message), message);
            case Outcome.Fail(Failure failure) -> moved(new Failed(attempt, failure), failure.message());
            case Outcome.Retry(Failure failure, Saved saved) ->
                moved(
                        new Pending(attempt + 1, now.plus(limits.delayAfter(Outcomes.tries(attempt, saved))), saved),
                        "attempt " + attempt + " failed, trying again: " + failure.message());
            // Nobody may be waiting for it any more who would try the same again without end.
            case Outcome.Suspend(Saved saved, String message) ->
                saved.attempt() == attempt
                        ? moved(new Suspended(attempt, saved, message), message)
                        : moved(
                                new Suspended(attempt, saved, message),
                                message,
                                new VmEffect.GoalGivenUp(Goal.SUSPEND));
        };
    }

    private static VmStep.Moved backTo(int attempt, Saved saved) {
        return moved(new Suspended(attempt, saved, KEPT), KEPT);
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

    private static VmStep.Moved moved(VmState next, String note, VmEffect... effects) {
        return new VmStep.Moved(next, List.of(effects), note);
    }

    private static VmStep ignored(String why) {
        return new VmStep.Ignored(why);
    }
}
