package io.anemone.cli.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a VM can be made of. */
public sealed interface Offer {

    String name();

    record Flavor(
            String name, int vcpus, int memoryMiB, @Nullable String description) implements Offer {}

    record Partition(
            String name, boolean isDefault, @Nullable Duration maxWalltime) implements Offer {}
}
