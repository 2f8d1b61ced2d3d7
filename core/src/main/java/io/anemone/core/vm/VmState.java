package io.anemone.core.vm;

import io.anemone.core.error.Failure;
import io.anemone.core.lease.LeaseId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a VM is. Each state carries only what is valid in it; {@link VmMachine} alone makes the next one. */
public sealed interface VmState {

    /** Number of the current or last attempt, from 1. */
    int attempt();

    Phase phase();

    /** The lease that this state is bound to, if it is bound to one. */
    default @Nullable LeaseId lease() {
        return null;
    }

    /** When this state must have been left; null for states that may last. */
    default @Nullable Instant deadline() {
        return null;
    }

    /** What the guest goes on from instead of being booted, and goes back to if it cannot; null if it is to be booted. */
    default @Nullable Saved saved() {
        return null;
    }

    /** Bound to an ACTIVE lease: its agent may have a domain for it. */
    sealed interface OnLease extends VmState {
        @Override
        LeaseId lease();
    }

    /**
     * Waiting for a lease.
     *
     * @param notBefore when the next attempt may start (back-off after a node fault)
     */
    record Pending(int attempt, Instant notBefore, @Nullable Saved saved) implements VmState {

        public Pending(int attempt, Instant notBefore) {
            this(attempt, notBefore, null);
        }

        @Override
        public Phase phase() {
            return Phase.PENDING;
        }
    }

    /** A lease of its own was asked for; its job waits in the scheduler's queue. */
    record Queued(int attempt, LeaseId lease, @Nullable Saved saved) implements VmState {

        public Queued(int attempt, LeaseId lease) {
            this(attempt, lease, null);
        }

        @Override
        public Phase phase() {
            return Phase.QUEUED;
        }
    }

    /** Has an ACTIVE lease; the agent was told, or will be. */
    record Placed(
            int attempt,
            LeaseId lease,
            Instant deadline,
            @Nullable Saved saved) implements OnLease {

        public Placed(int attempt, LeaseId lease, Instant deadline) {
            this(attempt, lease, deadline, null);
        }

        @Override
        public Phase phase() {
            return Phase.PLACED;
        }
    }

    /** The agent makes disk, seed and definition. */
    record Preparing(
            int attempt,
            LeaseId lease,
            Instant deadline,
            @Nullable Saved saved) implements OnLease {

        public Preparing(int attempt, LeaseId lease, Instant deadline) {
            this(attempt, lease, deadline, null);
        }

        @Override
        public Phase phase() {
            return Phase.PREPARING;
        }
    }

    /** The hypervisor was asked to start the domain. */
    record Booting(
            int attempt,
            LeaseId lease,
            Instant deadline,
            @Nullable Saved saved) implements OnLease {

        public Booting(int attempt, LeaseId lease, Instant deadline) {
            this(attempt, lease, deadline, null);
        }

        @Override
        public Phase phase() {
            return Phase.BOOTING;
        }
    }

    /** The domain runs; the guest has not shown yet that it is usable. */
    record Running(int attempt, LeaseId lease, @Nullable SshEndpoint ssh) implements OnLease {
        @Override
        public Phase phase() {
            return Phase.RUNNING;
        }
    }

    /** The guest gave positive evidence that it is usable. */
    record Ready(int attempt, LeaseId lease, @Nullable SshEndpoint ssh) implements OnLease {
        @Override
        public Phase phase() {
            return Phase.READY;
        }
    }

    /**
     * The guest's memory and disk are being saved, after which the attempt is over. It runs on if that fails.
     *
     * @param ready   whether the guest had shown to be usable
     * @param askedAt names the order, so that its agent's answer is not taken for the answer to another
     */
    record Suspending(
            int attempt, LeaseId lease, @Nullable SshEndpoint ssh, boolean ready, Instant askedAt, Instant deadline)
            implements OnLease {
        @Override
        public Phase phase() {
            return Phase.SUSPENDING;
        }
    }

    /**
     * Without a lease, until it is wanted again.
     *
     * @param attempt the last one: that which saved it, or one that could not go on from it
     */
    record Suspended(int attempt, Saved saved, String message) implements VmState {
        @Override
        public Phase phase() {
            return Phase.SUSPENDED;
        }
    }

    /**
     * The attempt is being ended; nothing follows before it is known to be over.
     *
     * @param then what follows
     */
    record Stopping(int attempt, LeaseId lease, Outcome then, Instant deadline) implements OnLease {
        @Override
        public Phase phase() {
            return Phase.STOPPING;
        }

        @Override
        public @Nullable Saved saved() {
            return switch (then) {
                case Outcome.Retry retry -> retry.saved();
                case Outcome.Suspend suspend -> suspend.saved();
                case Outcome.Stop stop -> null;
                case Outcome.Fail fail -> null;
            };
        }
    }

    record Stopped(int attempt, StopReason reason, String message) implements VmState {
        @Override
        public Phase phase() {
            return Phase.STOPPED;
        }
    }

    record Failed(int attempt, Failure failure) implements VmState {
        @Override
        public Phase phase() {
            return Phase.FAILED;
        }
    }
}
