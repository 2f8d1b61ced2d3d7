package io.anemone.core.vm;

import io.anemone.core.error.Failure;
import io.anemone.core.lease.LeaseEnd;
import io.anemone.core.lease.LeaseId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that happened to a VM, or that somebody wants of it. */
public sealed interface VmEvent {

    /** A lease of its own was asked for. */
    record LeaseRequested(LeaseId lease) implements VmEvent {}

    /** An ACTIVE lease has room for it, and it is the VM's now. */
    record Assigned(LeaseId lease) implements VmEvent {}

    /** The agent has come this far with this attempt. */
    record Progressed(
            int attempt, Progress progress, @Nullable SshEndpoint ssh) implements VmEvent {}

    /** The agent has positive evidence that this attempt's domain is over. */
    record AttemptEnded(int attempt, StopReason reason, String message) implements VmEvent {}

    /** The agent could not run this attempt, and nothing of it is left. */
    record AttemptFailed(int attempt, Failure failure) implements VmEvent {}

    /** This attempt's guest is saved, complete and for good, and its domain is over. */
    record AttemptSuspended(int attempt) implements VmEvent {}

    /**
     * The agent could not save the guest, which runs on.
     *
     * @param askedAt of the order that this answers
     */
    record SuspendFailed(int attempt, Instant askedAt, Failure failure) implements VmEvent {}

    /** The lease is over, by the scheduler's own word; with it every domain on it. */
    record LeaseOver(LeaseId lease, LeaseEnd end) implements VmEvent {}

    /** Somebody with the right to wants it gone. */
    record TerminateRequested(StopReason reason, String message) implements VmEvent {}

    /** It shall be kept and give its lease back. */
    record SuspendRequested() implements VmEvent {}

    /** What is suspended shall go on. */
    record ResumeRequested() implements VmEvent {}

    /** The request cannot be met anywhere. */
    record Refused(Failure failure) implements VmEvent {}

    /** The current state's deadline has passed. */
    record DeadlineExpired() implements VmEvent {}
}
