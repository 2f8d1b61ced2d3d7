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
    record Pending(int attempt, Instant notBefore) implements VmState {
        @Override
        public Phase phase() {
            return Phase.PENDING;
        }
    }

    /** A lease of its own was asked for; its job waits in the scheduler's queue. */
    record Queued(int attempt, LeaseId lease) implements VmState {
        @Override
        public Phase phase() {
            return Phase.QUEUED;
        }
    }

    /** Has an ACTIVE lease; the agent was told, or will be. */
    record Placed(int attempt, LeaseId lease, Instant deadline) implements OnLease {
        @Override
        public Phase phase() {
            return Phase.PLACED;
        }
    }

    /** The agent makes disk, seed and definition. */
    record Preparing(int attempt, LeaseId lease, Instant deadline) implements OnLease {
        @Override
        public Phase phase() {
            return Phase.PREPARING;
        }
    }

    /** The hypervisor was asked to start the domain. */
    record Booting(int attempt, LeaseId lease, Instant deadline) implements OnLease {
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
     * The attempt is being ended; nothing follows before it is known to be over.
     *
     * @param then what follows
     */
    record Stopping(int attempt, LeaseId lease, Outcome then, Instant deadline) implements OnLease {
        @Override
        public Phase phase() {
            return Phase.STOPPING;
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
