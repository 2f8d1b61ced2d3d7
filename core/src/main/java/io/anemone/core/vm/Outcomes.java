package io.anemone.core.vm;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.lease.LeaseEnd;
import org.jspecify.annotations.Nullable;

/** What becomes of a VM whose attempt is over, by how that came. */
final class Outcomes {

    /** {@link io.anemone.core.wire.AgentExit}, which this package cannot see; a test holds them together. */
    private static final int EXIT_VM_FAILED = 20;

    private static final int EXIT_LEASE_ENDED = 23;
    private static final int EXIT_SUSPENDED = 24;

    private final VmLimits limits;

    Outcomes(VmLimits limits) {
        this.limits = limits;
    }

    /** Its agent says that it saved the guest. A direct VM has no other job to go on in. */
    static Outcome saved(VmSpec spec, int attempt) {
        return spec.path() == LaunchPath.DIRECT
                ? new Outcome.Stop(StopReason.GUEST, "Its agent ended it.")
                : new Outcome.Suspend(new Saved(attempt), "Its memory and disk are saved.");
    }

    /** It was to end otherwise; but it ran, so what it went on from no longer fits its disk. */
    static Outcome savedAfterAll(VmSpec spec, int attempt, Outcome planned) {
        return switch (planned) {
            case Outcome.Stop stop -> stop;
            case Outcome.Fail fail -> fail;
            case Outcome.Retry retry -> saved(spec, attempt);
            case Outcome.Suspend back -> saved(spec, attempt);
        };
    }

    static Outcome backTo(Saved saved) {
        return new Outcome.Suspend(saved, "It stays suspended, as its owner wants.");
    }

    /** Nothing more is tried: a guest that was saved is still there. */
    static Outcome giveUp(Failure failure, @Nullable Saved saved) {
        return saved == null
                ? new Outcome.Fail(failure)
                : new Outcome.Suspend(saved, "It could not be resumed and is kept: " + failure.message());
    }

    Outcome retryOrGiveUp(VmSpec spec, VmState state, Failure failure) {
        Saved saved = state.saved();
        // A direct VM has the one lease that its owner's job gave it.
        boolean again = failure.nodeFault()
                && spec.path() != LaunchPath.DIRECT
                && tries(state.attempt(), saved) < limits.maxAttempts();
        return again ? new Outcome.Retry(failure, saved) : giveUp(failure, saved);
    }

    /** How often it was tried to boot it, or to go on from what was saved. */
    static int tries(int attempt, @Nullable Saved saved) {
        return saved == null ? attempt : attempt - saved.attempt();
    }

    static Failure failureOf(LeaseEnd end) {
        return end.failure() != null ? end.failure() : new Failure(ErrorCode.JOB_ENDED_EARLY, end.message());
    }

    /** Whether an agent ended the job with the word that it saved the guest. */
    static boolean saysSaved(LeaseEnd end) {
        return failedWith(end, EXIT_SUSPENDED);
    }

    private static boolean failedWith(LeaseEnd end, int exitCode) {
        return end.cause() == LeaseEnd.Cause.FAILED && Integer.valueOf(exitCode).equals(end.exitCode());
    }

    /** Whether somebody ended the lease. */
    static boolean onPurpose(LeaseEnd end) {
        return end.failure() == null
                && switch (end.cause()) {
                    case CANCELLED, WALLTIME, PREEMPTED, RELEASED -> true;
                    case REFUSED, FAILED, COMPLETED, NODE_LOST -> false;
                };
    }

    /** The lease ended before the domain ran. */
    Outcome neverRan(VmSpec spec, VmState state, LeaseEnd end) {
        // Somebody ended this VM's own lease. A pool's lease is not the VM's.
        if (!onPurpose(end) || spec.path() == LaunchPath.STATIC) {
            return retryOrGiveUp(spec, state, failureOf(end));
        }
        Saved saved = state.saved();
        return saved == null
                ? stopBy(spec, state.attempt(), end)
                : new Outcome.Suspend(saved, "It was not resumed and is kept: " + end.message());
    }

    /** What became of a guest that ran, by its job alone: the agent's own word was lost, its exit code is left. */
    static Outcome stopBy(VmSpec spec, int attempt, LeaseEnd end) {
        if (failedWith(end, EXIT_VM_FAILED)) {
            return new Outcome.Fail(new Failure(
                    ErrorCode.GUEST_CRASHED, "The guest failed, and its agent could not say how. " + end.message()));
        }
        StopReason reason = switch (end.cause()) {
            case WALLTIME -> StopReason.WALLTIME;
            case PREEMPTED -> StopReason.PREEMPTED;
            // An agent ends its job with 0 only after its guest ended by itself; its report was lost.
            case COMPLETED -> Integer.valueOf(0).equals(end.exitCode()) ? StopReason.GUEST : StopReason.LEASE_LOST;
            case RELEASED -> StopReason.OPERATOR;
            case FAILED -> failedWith(end, EXIT_LEASE_ENDED) ? StopReason.WALLTIME : StopReason.LEASE_LOST;
            case CANCELLED, NODE_LOST, REFUSED -> StopReason.LEASE_LOST;
        };
        return new Outcome.Stop(reason, end.message());
    }
}
