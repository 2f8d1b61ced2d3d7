package io.anemone.orchestrator.vm;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.plan.VmView;
import io.anemone.core.vm.Goal;
import io.anemone.core.vm.GuestFacts;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.Phase;
import io.anemone.core.vm.PublishedPort;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmSpec;
import io.anemone.core.vm.VmState;
import io.anemone.orchestrator.lease.LeaseRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A VM as it stands in the database.
 *
 * @param lease   the lease that it is on; the last one when it is over
 * @param ports   its published ports; those of its last attempt when it is over
 * @param hint    why it waits or how it is coming along, in plain words; null when there is nothing to say
 * @param guest   what the guest of its current attempt said of itself; null if it said nothing
 */
public record VmRecord(
        VmId id,
        VmSpec spec,
        Goal goal,
        VmState state,
        @Nullable LeaseRecord lease,
        VmTimes times,
        VmOrders orders,
        @Nullable String hint,
        List<String> warnings,
        @Nullable GuestFacts guest,
        List<PublishedPort> ports,
        long version) {

    public VmRecord {
        warnings = List.copyOf(warnings);
        ports = List.copyOf(ports);
    }

    /** As the planner sees it. */
    public VmView view() {
        return new VmView(id, spec, goal, state);
    }

    public Phase phase() {
        return state.phase();
    }

    /** Whether its guest is being rebooted. */
    public boolean rebooting() {
        return orders.rebootIsDue() && (state instanceof VmState.Running || state instanceof VmState.Ready);
    }

    /** The stop reason or failure code of a VM that is over; null before. */
    public @Nullable String reason() {
        return switch (state) {
            case VmState.Stopped over -> over.reason().name();
            case VmState.Failed over -> over.failure().code().name();
            case VmState.Pending s -> null;
            case VmState.Queued s -> null;
            case VmState.Suspended s -> null;
            case VmState.OnLease s -> null;
        };
    }

    /** In plain words: why it waits, or why it is over; null when there is nothing to say. */
    public @Nullable String message() {
        return switch (state) {
            case VmState.Stopped over -> over.message();
            case VmState.Failed over -> over.failure().message();
            case VmState.Queued s ->
                lease != null && lease.hint() != null ? lease.hint() : "Waiting for its job to start.";
            case VmState.Suspended s -> s.message();
            case VmState.Pending s -> hint != null ? hint : waiting();
            case VmState.OnLease s -> hint;
        };
    }

    private @Nullable String waiting() {
        return spec.path() == LaunchPath.STATIC ? "Waiting for room on a lease of pool " + spec.pool() + "." : null;
    }

    /** Where its ssh server is reached; null while it is not known to run. */
    public @Nullable SshEndpoint ssh() {
        return switch (state) {
            case VmState.Running running -> running.ssh();
            case VmState.Ready ready -> ready.ssh();
            case VmState.Pending s -> null;
            case VmState.Queued s -> null;
            case VmState.Placed s -> null;
            case VmState.Preparing s -> null;
            case VmState.Booting s -> null;
            case VmState.Suspending s -> null;
            case VmState.Suspended s -> null;
            case VmState.Stopping s -> null;
            case VmState.Stopped s -> null;
            case VmState.Failed s -> null;
        };
    }

    /** When the job that serves this VM alone started; null before, and on a pool, whose jobs start without it. */
    public @Nullable Instant jobStartedAt() {
        return lease == null || spec.path() == LaunchPath.STATIC
                ? null
                : lease.times().startedAt();
    }

    /** Whether it is bound to this lease now. */
    public boolean on(LeaseId id) {
        return id.equals(state.lease());
    }
}
