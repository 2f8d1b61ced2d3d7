package io.anemone.orchestrator.lease;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.lease.Grant;
import io.anemone.core.lease.LeaseEnd;
import io.anemone.core.lease.LeasePhase;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.lease.ReleaseCause;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A {@link LeaseState} spread over columns, there and back. */
@Embeddable
class LeaseStateColumns {

    @Enumerated(EnumType.STRING)
    LeasePhase phase = LeasePhase.REQUESTED;

    @Nullable
    String jobId;

    @Nullable
    String node;

    /** Stays when the state no longer carries it: the agent is told of it until the job is over. */
    @Nullable
    Instant endsAt;

    @Nullable
    Instant deadline;

    @Nullable
    Integer grantCores;

    @Nullable
    Integer grantMemoryMib;

    @Nullable
    @Enumerated(EnumType.STRING)
    ReleaseCause releaseCause;

    @Enumerated(EnumType.STRING)
    LeaseEnd.@Nullable Cause endCause;

    @Nullable
    Integer endExitCode;

    @Nullable
    String endMessage;

    @Nullable
    @Enumerated(EnumType.STRING)
    ErrorCode endFailureCode;

    @Nullable
    String endFailureMessage;

    void write(LeaseState next) {
        phase = next.phase();
        jobId = next.jobId();
        node = next.node();
        endsAt = next.endsAt() != null ? next.endsAt() : endsAt;
        deadline = next.deadline();
        switch (next) {
            case LeaseState.Requested s -> {}
            case LeaseState.Submitting s -> {}
            case LeaseState.Queued s -> {}
            case LeaseState.Starting s -> {}
            case LeaseState.Active s -> writeGrant(s.grant());
            case LeaseState.Draining s -> writeGrant(s.grant());
            case LeaseState.Releasing s -> releaseCause = s.cause();
            case LeaseState.Released s -> writeEnd(s.end());
            case LeaseState.Failed s -> writeEnd(s.end());
        }
    }

    LeaseState read() {
        return switch (phase) {
            case REQUESTED -> new LeaseState.Requested();
            case SUBMITTING -> new LeaseState.Submitting(have(deadline));
            case QUEUED -> new LeaseState.Queued(have(jobId));
            case STARTING -> new LeaseState.Starting(have(jobId), have(node), have(deadline));
            case ACTIVE -> new LeaseState.Active(have(jobId), have(node), have(endsAt), readGrant());
            case DRAINING -> new LeaseState.Draining(have(jobId), have(node), have(endsAt), readGrant());
            case RELEASING -> new LeaseState.Releasing(jobId, node, have(releaseCause), have(deadline));
            case RELEASED -> new LeaseState.Released(jobId, node, readEnd());
            case FAILED -> new LeaseState.Failed(readEnd());
        };
    }

    private void writeGrant(Grant grant) {
        grantCores = grant.cores();
        grantMemoryMib = grant.memoryMiB();
    }

    private Grant readGrant() {
        return new Grant(have(grantCores), have(grantMemoryMib));
    }

    private void writeEnd(LeaseEnd end) {
        endCause = end.cause();
        endExitCode = end.exitCode();
        endMessage = end.message();
        Failure failure = end.failure();
        endFailureCode = failure == null ? null : failure.code();
        endFailureMessage = failure == null ? null : failure.message();
    }

    private LeaseEnd readEnd() {
        Failure failure = endFailureCode == null ? null : new Failure(endFailureCode, have(endFailureMessage));
        return new LeaseEnd(have(endCause), endExitCode, have(endMessage), failure);
    }

    private <T> T have(@Nullable T column) {
        return Objects.requireNonNull(column, () -> "a column of a lease in " + phase + " is empty");
    }
}
