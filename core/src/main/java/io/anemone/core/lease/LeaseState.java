package io.anemone.core.lease;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a lease is. Each state carries only what is valid in it; {@link LeaseMachine} alone makes the next one. */
public sealed interface LeaseState {

    LeasePhase phase();

    /** The scheduler's id of the job, once known. */
    default @Nullable String jobId() {
        return null;
    }

    /** The node, once known. */
    default @Nullable String node() {
        return null;
    }

    /** When the job will be ended by the scheduler, once known. */
    default @Nullable Instant endsAt() {
        return null;
    }

    /** What it grants to VMs; null where it has no agent, or gives them back. */
    default @Nullable Grant grant() {
        return null;
    }

    /** When this state must have been left; null for states that may last. */
    default @Nullable Instant deadline() {
        return null;
    }

    /** Wanted; no job was asked for yet. */
    record Requested() implements LeaseState {
        @Override
        public LeasePhase phase() {
            return LeasePhase.REQUESTED;
        }
    }

    /** A submit is under way: there may be a job already whose id is not known here. */
    record Submitting(Instant deadline) implements LeaseState {
        @Override
        public LeasePhase phase() {
            return LeasePhase.SUBMITTING;
        }
    }

    record Queued(String jobId) implements LeaseState {
        @Override
        public LeasePhase phase() {
            return LeasePhase.QUEUED;
        }
    }

    /** The job runs; its agent has not joined yet. */
    record Starting(String jobId, String node, Instant deadline) implements LeaseState {
        @Override
        public LeasePhase phase() {
            return LeasePhase.STARTING;
        }
    }

    /** The agent has joined: VMs can be placed. */
    record Active(String jobId, String node, Instant endsAt, Grant grant) implements LeaseState {
        @Override
        public LeasePhase phase() {
            return LeasePhase.ACTIVE;
        }
    }

    /** Takes no new VM; those on it live on until they end or the lease does. */
    record Draining(String jobId, String node, Instant endsAt, Grant grant) implements LeaseState {
        @Override
        public LeasePhase phase() {
            return LeasePhase.DRAINING;
        }
    }

    /**
     * Being given back; over only when the scheduler says that the job is.
     *
     * @param jobId null while a submit's reply is still outstanding
     */
    record Releasing(@Nullable String jobId, @Nullable String node, ReleaseCause cause, Instant deadline)
            implements LeaseState {
        @Override
        public LeasePhase phase() {
            return LeasePhase.RELEASING;
        }
    }

    /** Over: the job has ended, and with it everything in it. */
    record Released(@Nullable String jobId, @Nullable String node, LeaseEnd end) implements LeaseState {
        @Override
        public LeasePhase phase() {
            return LeasePhase.RELEASED;
        }
    }

    /** Never became a lease: there is no job. */
    record Failed(LeaseEnd end) implements LeaseState {
        @Override
        public LeasePhase phase() {
            return LeasePhase.FAILED;
        }
    }
}
