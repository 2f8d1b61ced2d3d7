package io.anemone.orchestrator.image;

import io.anemone.core.image.ImageContent;
import io.anemone.core.image.ImageNeeds;
import io.anemone.core.image.ReadinessProbe;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an {@code image.yaml} says. Names of files are below the directory that it is in. */
record SiteImage(
        String name,
        String description,
        Boot boot,
        @Nullable String disk,
        ImageContent.@Nullable DiskFormat diskFormat,
        String defaultUser,
        ReadinessProbe readiness,
        ImageNeeds needs) {

    /** All null for an image that boots from its disk. */
    record Boot(
            @Nullable String kernel,
            @Nullable String initrd,
            @Nullable String cmdline) {}

    List<String> files() {
        return Stream.of(boot.kernel(), boot.initrd(), disk)
                .filter(Objects::nonNull)
                .toList();
    }
}
