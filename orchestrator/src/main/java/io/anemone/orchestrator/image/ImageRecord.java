package io.anemone.orchestrator.image;

import io.anemone.core.image.ImageTier;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An image of the registry.
 *
 * @param current the revision that its name alone stands for; null while it has none
 */
record ImageRecord(
        UUID id,
        String name,
        String owner,
        ImageTier tier,
        Visibility visibility,
        @Nullable String project,
        @Nullable Integer current) {}
