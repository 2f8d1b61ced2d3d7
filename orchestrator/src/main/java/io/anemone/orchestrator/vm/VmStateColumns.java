package io.anemone.orchestrator.vm;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.Outcome;
import io.anemone.core.vm.Phase;
import io.anemone.core.vm.Saved;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmState;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A {@link VmState} spread over columns, there and back. */
@Embeddable
class VmStateColumns {

    /** What {@link Outcome} a STOPPING attempt has. */
    enum OutcomeKind {
        STOP,
        FAIL,
        RETRY,
        SUSPEND
    }

    @Enumerated(EnumType.STRING)
    Phase phase = Phase.PENDING;

    int attempt = 1;

    /** Stays as the last one when the VM is over. */
    @Nullable
    UUID leaseId;

    @Nullable
    Instant deadline;

    @Nullable
    Instant notBefore;

    @Nullable
    String sshHost;

    @Nullable
    Integer sshPort;

    @Nullable
    @Enumerated(EnumType.STRING)
    StopReason stopReason;

    @Nullable
    @Enumerated(EnumType.STRING)
    ErrorCode failureCode;

    @Nullable
    String message;

    @Nullable
    @Enumerated(EnumType.STRING)
    OutcomeKind outcomeKind;

    @Nullable
    @Enumerated(EnumType.STRING)
    StopReason outcomeReason;

    @Nullable
    @Enumerated(EnumType.STRING)
    ErrorCode outcomeCode;

    @Nullable
    String outcomeMessage;

    /** What the guest goes on from; null when it is booted. */
    @Nullable
    Integer savedAttempt;

    @Nullable
    Instant savingAskedAt;

    @Nullable
    Boolean savingWasReady;

    void write(VmState next) {
        phase = next.phase();
        attempt = next.attempt();
        deadline = next.deadline();
        LeaseId lease = next.lease();
        leaseId = lease != null ? lease.value() : phase.terminal() ? leaseId : null;
        notBefore = null;
        message = null;
        savedAttempt = attemptOf(next.saved());
        savingAskedAt = null;
        savingWasReady = null;
        clearOutcome();
        ssh(null);
        switch (next) {
            case VmState.Pending s -> notBefore = s.notBefore();
            case VmState.Queued s -> {}
            case VmState.Placed s -> {}
            case VmState.Preparing s -> {}
            case VmState.Booting s -> {}
            case VmState.Running s -> ssh(s.ssh());
            case VmState.Ready s -> ssh(s.ssh());
            case VmState.Suspending s -> {
                ssh(s.ssh());
                savingAskedAt = s.askedAt();
                savingWasReady = s.ready();
            }
            case VmState.Suspended s -> {
                savedAttempt = attemptOf(s.saved());
                message = s.message();
            }
            case VmState.Stopping s -> outcome(s.then());
            case VmState.Stopped s -> {
                stopReason = s.reason();
                message = s.message();
            }
            case VmState.Failed s -> {
                failureCode = s.failure().code();
                message = s.failure().message();
            }
        }
    }

    VmState read() {
        return switch (phase) {
            case PENDING -> new VmState.Pending(attempt, have(notBefore), saved());
            case QUEUED -> new VmState.Queued(attempt, lease(), saved());
            case PLACED -> new VmState.Placed(attempt, lease(), have(deadline), saved());
            case PREPARING -> new VmState.Preparing(attempt, lease(), have(deadline), saved());
            case BOOTING -> new VmState.Booting(attempt, lease(), have(deadline), saved());
            case RUNNING -> new VmState.Running(attempt, lease(), ssh());
            case READY -> new VmState.Ready(attempt, lease(), ssh());
            case SUSPENDING ->
                new VmState.Suspending(
                        attempt, lease(), ssh(), have(savingWasReady), have(savingAskedAt), have(deadline));
            case SUSPENDED -> new VmState.Suspended(attempt, new Saved(have(savedAttempt)), have(message));
            case STOPPING -> new VmState.Stopping(attempt, lease(), outcome(), have(deadline));
            case STOPPED -> new VmState.Stopped(attempt, have(stopReason), have(message));
            case FAILED -> new VmState.Failed(attempt, new Failure(have(failureCode), have(message)));
        };
    }

    private void clearOutcome() {
        outcomeKind = null;
        outcomeReason = null;
        outcomeCode = null;
        outcomeMessage = null;
    }

    private void outcome(Outcome then) {
        switch (then) {
            case Outcome.Stop(StopReason reason, String why) -> {
                outcomeKind = OutcomeKind.STOP;
                outcomeReason = reason;
                outcomeMessage = why;
            }
            case Outcome.Fail(Failure failure) -> outcome(OutcomeKind.FAIL, failure);
            case Outcome.Retry(Failure failure, Saved saved) -> outcome(OutcomeKind.RETRY, failure);
            case Outcome.Suspend(Saved saved, String why) -> {
                outcomeKind = OutcomeKind.SUSPEND;
                outcomeMessage = why;
            }
        }
    }

    private void outcome(OutcomeKind kind, Failure failure) {
        outcomeKind = kind;
        outcomeCode = failure.code();
        outcomeMessage = failure.message();
    }

    private Outcome outcome() {
        return switch (have(outcomeKind)) {
            case STOP -> new Outcome.Stop(have(outcomeReason), have(outcomeMessage));
            case FAIL -> new Outcome.Fail(new Failure(have(outcomeCode), have(outcomeMessage)));
            case RETRY -> new Outcome.Retry(new Failure(have(outcomeCode), have(outcomeMessage)), saved());
            case SUSPEND -> new Outcome.Suspend(new Saved(have(savedAttempt)), have(outcomeMessage));
        };
    }

    private void ssh(@Nullable SshEndpoint ssh) {
        sshHost = ssh == null ? null : ssh.host();
        sshPort = ssh == null ? null : ssh.port();
    }

    private @Nullable SshEndpoint ssh() {
        return sshHost == null ? null : new SshEndpoint(sshHost, have(sshPort));
    }

    private @Nullable Saved saved() {
        return savedAttempt == null ? null : new Saved(savedAttempt);
    }

    private static @Nullable Integer attemptOf(@Nullable Saved saved) {
        return saved == null ? null : saved.attempt();
    }

    private LeaseId lease() {
        return new LeaseId(have(leaseId));
    }

    private <T> T have(@Nullable T column) {
        return Objects.requireNonNull(column, () -> "a column of a VM in " + phase + " is empty");
    }
}
