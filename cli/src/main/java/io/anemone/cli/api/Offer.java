package io.anemone.cli.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a VM can be made of. */
public sealed interface Offer {

    String name();

    record Image(
            String name,
            @Nullable String description,
            @Nullable String defaultUser,
            int minMemoryMiB) implements Offer {}

    record Flavor(String name, int vcpus, int memoryMiB) implements Offer {}

    record Partition(
            String name, boolean isDefault, @Nullable Duration maxWalltime) implements Offer {}
}
