package io.anemone.core.audit;

import io.anemone.core.lease.LeaseId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of the VM that a domain says it belongs to.
 *
 * @param attempt its newest
 * @param overAt  when it came to its end; null while it lives
 * @param lease   the lease that it is on; the last one when it is over
 * @param node    that lease's node, once known
 */
public record VmFate(
        int attempt,
        @Nullable Instant overAt,
        @Nullable LeaseId lease,
        @Nullable String node) {}
