package io.anemone.core.lease;

import io.anemone.core.error.Failure;
import org.jspecify.annotations.Nullable;

/**
 * How a lease came to its end.
 *
 * @param cause    what ended it
 * @param exitCode exit code of its job, where there was one
 * @param message  one sentence for the owner, with the job's identity
 * @param failure  the failure behind {@link Cause#REFUSED} and {@link Cause#FAILED}
 */
public record LeaseEnd(
        Cause cause,
        @Nullable Integer exitCode,
        String message,
        @Nullable Failure failure) {

    public enum Cause {
        /** The job's script came to its end. */
        COMPLETED,
        /** Anemone gave it back. */
        RELEASED,
        /** Somebody cancelled the job. */
        CANCELLED,
        /** The scheduler ended the job at its time limit. */
        WALLTIME,
        /** The scheduler took the resources back for another job. */
        PREEMPTED,
        /** The node went down. */
        NODE_LOST,
        /** The scheduler refused the job. */
        REFUSED,
        /** The job, its agent or its start failed. */
        FAILED
    }

    public static LeaseEnd of(Cause cause, String message) {
        return new LeaseEnd(cause, null, message, null);
    }

    public static LeaseEnd failed(Cause cause, Failure failure) {
        return new LeaseEnd(cause, null, failure.message(), failure);
    }
}
