package io.anemone.orchestrator.vm;

import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.Phase;
import io.anemone.core.vm.VmId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which VMs to list; null means any.
 *
 * @param activeOnly whether those that are over are left out
 * @param after      where the page before ended
 * @param limit      how many at most
 */
public record VmFilter(
        @Nullable String owner,
        @Nullable Phase phase,
        @Nullable LaunchPath path,
        boolean activeOnly,
        @Nullable Position after,
        int limit) {

    /** A place in the list, which runs from the newest to the oldest. */
    public record Position(Instant createdAt, VmId id) {}
}
