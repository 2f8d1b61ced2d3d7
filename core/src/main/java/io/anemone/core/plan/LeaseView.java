package io.anemone.core.plan;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.vm.VmId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A lease as the planner sees it.
 *
 * @param vm    the one VM that it serves; null for a pool's lease
 * @param since when it came into this state
 */
public record LeaseView(
        LeaseId id, LeaseSpec spec, @Nullable VmId vm, LeaseState state, Instant since) {}
