package io.anemone.orchestrator.image;

import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ReadinessProbe;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An image as the API tells it. */
@Schema(name = "Image")
record ImageJson(
        @Schema(examples = "micro") String name,
        @Schema(description = "One line for people") String description,

        @Schema(description = "The account that ssh keys are for", examples = "root")
        String defaultUser,

        @Schema(description = "Least memory that it boots in", examples = "128")
        int minMemoryMiB,

        Readiness readiness) {

    /** What makes a guest of it READY. */
    @Schema(name = "ImageReadiness")
    record Readiness(
            ReadinessProbe.Kind kind,

            @Schema(description = "Its boot deadline", examples = "60")
            long timeoutSeconds,

            @Schema(nullable = true, description = "For `CONSOLE`: the text that its serial console must show")
            @Nullable
            String pattern) {}

    /** All images. */
    @Schema(name = "Images")
    record All(List<ImageJson> items) {}

    static ImageJson of(ImageDefinition image) {
        return new ImageJson(
                image.name(),
                image.description(),
                image.defaultUser(),
                image.needs().memoryMiB(),
                new Readiness(
                        image.readiness().kind(),
                        image.readiness().timeout().toSeconds(),
                        image.readiness().pattern()));
    }
}
