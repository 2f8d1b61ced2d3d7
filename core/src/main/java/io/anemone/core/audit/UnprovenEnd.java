package io.anemone.core.audit;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmId;
import java.time.Instant;

/**
 * A VM that was stopped for a reason that means the end of its lease, while the lease lives.
 *
 * @param at when it was stopped
 */
public record UnprovenEnd(VmId vm, LeaseId lease, StopReason reason, Instant at) {}
