package io.anemone.cli.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A pool as the API shows it.
 *
 * @param leases how many leases it shall hold
 * @param active how many of them are ACTIVE
 */
public record Pool(
        String name,
        int leases,
        @Nullable String partition,
        @Nullable Duration walltime,
        @Nullable Duration renewBefore,
        int active,
        int vms,
        long freeCores,
        long freeMemoryMiB) {}
