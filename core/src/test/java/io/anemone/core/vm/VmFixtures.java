package io.anemone.core.vm;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.lease.LeaseEnd;
import io.anemone.core.lease.LeaseId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** VMs in every state, and one event of every kind for the attempt and the lease that those states are bound to. */
public final class VmFixtures {

    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    public static final Instant LATER = NOW.plus(Duration.ofMinutes(3));
    public static final LeaseId LEASE = new LeaseId(new UUID(7, 1));
    public static final LeaseId OTHER_LEASE = new LeaseId(new UUID(7, 2));
    public static final SshEndpoint SSH = new SshEndpoint("n1", 22001);
    public static final Failure NODE_FAULT = new Failure(ErrorCode.HYPERVISOR_FAILED, "QEMU did not start.");
    public static final Failure SPEC_FAULT = new Failure(ErrorCode.SPEC_REJECTED, "The definition was refused.");

    private VmFixtures() {}

    public static VmSpec spec(LaunchPath path) {
        return spec(path, 1, 256);
    }

    public static VmSpec spec(LaunchPath path, int vcpus, int memoryMiB) {
        @Nullable String pool = path == LaunchPath.STATIC ? "default" : null;
        return new VmSpec(
                "guest",
                "researcher",
                null,
                path,
                "micro",
                new VmSize(vcpus, memoryMiB),
                null,
                null,
                pool,
                List.of(),
                null,
                Map.of(),
                GuestOptions.DEFAULT);
    }

    /** One state of every kind, all of this attempt, those on a lease on {@link #LEASE}. */
    public static List<VmState> states(int attempt) {
        return List.of(
                new VmState.Pending(attempt, NOW),
                new VmState.Queued(attempt, LEASE),
                new VmState.Placed(attempt, LEASE, LATER),
                new VmState.Preparing(attempt, LEASE, LATER),
                new VmState.Booting(attempt, LEASE, LATER),
                new VmState.Running(attempt, LEASE, SSH),
                new VmState.Ready(attempt, LEASE, SSH),
                new VmState.Suspending(attempt, LEASE, SSH, true, NOW, LATER),
                new VmState.Suspended(attempt, new Saved(attempt), "Its memory and disk are saved."),
                stopping(attempt, new Outcome.Stop(StopReason.USER, "Its owner ended it.")),
                new VmState.Stopped(attempt, StopReason.GUEST, "The guest switched itself off."),
                new VmState.Failed(attempt, SPEC_FAULT));
    }

    /** Those of {@link #states}, and from the second attempt on those of a guest that goes on from what the first saved. */
    public static List<VmState> statesWithAndWithoutSaved(int attempt) {
        List<VmState> states = new ArrayList<>(states(attempt));
        if (attempt > 1) {
            states.addAll(resuming(attempt, new Saved(1)));
        }
        return states;
    }

    /** One state of every kind that a VM may be in on its way from SUSPENDED. */
    public static List<VmState> resuming(int attempt, Saved saved) {
        return List.of(
                new VmState.Pending(attempt, NOW, saved),
                new VmState.Queued(attempt, LEASE, saved),
                new VmState.Placed(attempt, LEASE, LATER, saved),
                new VmState.Preparing(attempt, LEASE, LATER, saved),
                new VmState.Booting(attempt, LEASE, LATER, saved),
                stopping(attempt, new Outcome.Retry(NODE_FAULT, saved)),
                stopping(attempt, new Outcome.Suspend(saved, "It stays suspended.")),
                new VmState.Suspended(attempt, saved, "It could not be resumed."));
    }

    public static VmState state(Phase phase) {
        return states(1).stream()
                .filter(state -> state.phase() == phase)
                .findFirst()
                .orElseThrow();
    }

    public static VmState.Stopping stopping(int attempt, Outcome then) {
        return new VmState.Stopping(attempt, LEASE, then, LATER);
    }

    public static LeaseEnd end(LeaseEnd.Cause cause) {
        return LeaseEnd.of(cause, "The lease is over: " + cause + ".");
    }

    /** One event of every kind, all about this attempt and {@link #LEASE}. */
    public static List<VmEvent> events(int attempt) {
        return List.of(
                new VmEvent.LeaseRequested(LEASE),
                new VmEvent.Assigned(LEASE),
                new VmEvent.Progressed(attempt, Progress.PREPARING, null),
                new VmEvent.Progressed(attempt, Progress.BOOTING, null),
                new VmEvent.Progressed(attempt, Progress.RUNNING, SSH),
                new VmEvent.Progressed(attempt, Progress.READY, SSH),
                new VmEvent.AttemptEnded(attempt, StopReason.GUEST, "The guest switched itself off."),
                new VmEvent.AttemptFailed(attempt, NODE_FAULT),
                new VmEvent.LeaseOver(LEASE, end(LeaseEnd.Cause.NODE_LOST)),
                new VmEvent.TerminateRequested(StopReason.USER, "Its owner ended it."),
                new VmEvent.Refused(SPEC_FAULT),
                new VmEvent.SuspendRequested(),
                new VmEvent.AttemptSuspended(attempt),
                new VmEvent.SuspendFailed(attempt, NOW, NODE_FAULT),
                new VmEvent.ResumeRequested(),
                new VmEvent.DeadlineExpired());
    }
}
