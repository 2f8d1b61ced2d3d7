package io.anemone.cli.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A volume as the API shows it.
 *
 * @param place  job or pool: which VMs can have it
 * @param state  FREE or HELD
 * @param heldBy the VM that has it; null while it is free
 */
public record Volume(
        String id,
        String name,
        String owner,
        @Nullable String project,
        String place,
        int sizeGiB,
        Instant createdAt,
        String state,
        @Nullable Holder heldBy) {

    /** The VM that has it. */
    public record Holder(String vm, String name, String phase, int attempt) {}
}
