package io.anemone.core.wire;

import io.anemone.core.vm.VmId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt has used since its domain was started. What cannot be known is null, never zero.
 *
 * @param at                   when it was measured, by the node's clock
 * @param networkReceivedBytes by the guest's own cards; only a guest agent can tell on QEMU's user network
 */
public record VmUsage(
        VmId vm,
        int attempt,
        Instant at,
        long cpuNanos,
        @Nullable Long residentBytes,
        @Nullable Long diskReadBytes,
        @Nullable Long diskWrittenBytes,
        @Nullable Long networkReceivedBytes,
        @Nullable Long networkSentBytes) {}
