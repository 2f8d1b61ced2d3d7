package io.anemone.core.plan;

import io.anemone.core.lease.PoolSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pool as the planner sees it.
 *
 * @param lastFailure when a lease of this pool last ended before it was ACTIVE, or null
 */
public record PoolView(PoolSpec spec, @Nullable Instant lastFailure) {}
