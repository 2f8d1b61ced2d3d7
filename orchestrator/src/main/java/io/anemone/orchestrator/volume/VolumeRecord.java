package io.anemone.orchestrator.volume;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A volume.
 *
 * @param heldBy the VM that holds it at the moment; null while it is free
 */
public record VolumeRecord(
        UUID id,
        String name,
        String owner,
        @Nullable String project,
        VolumePlace place,
        int sizeGiB,
        Instant createdAt,
        @Nullable Holder heldBy) {

    /** @param attempt the current one */
    public record Holder(UUID vm, String name, String phase, int attempt) {}
}
