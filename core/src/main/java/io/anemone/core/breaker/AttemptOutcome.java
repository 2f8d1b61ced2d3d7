package io.anemone.core.breaker;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.vm.VmId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one start went: of a VM's attempt, or of a pool's lease. What happens after the guest ran says nothing of node,
 * image or partition.
 *
 * @param at        when the guest ran, or the start failed
 * @param vm        the VM; null for a lease of a pool
 * @param account   UNIX account that its job ran as
 * @param node      the node; null if it came to none
 * @param image     the image; null for a lease of a pool
 * @param partition the partition; null for the scheduler's default
 * @param failure   why it failed, always a node's fault; null if the guest ran or the agent joined
 */
public record AttemptOutcome(
        Instant at,
        @Nullable VmId vm,
        String account,
        @Nullable String node,
        @Nullable String image,
        @Nullable String partition,
        @Nullable ErrorCode failure) {

    public boolean failed() {
        return failure != null;
    }
}
