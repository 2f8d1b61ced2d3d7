package io.anemone.core.audit;

import io.anemone.core.lease.LeaseId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of the lease that a job's name tells of.
 *
 * @param jobId  its job; null while none is known
 * @param overAt when it came to its end; null while it lives
 */
public record LeaseFate(
        LeaseId id,
        String owner,
        @Nullable String jobId,
        @Nullable Instant overAt) {}
