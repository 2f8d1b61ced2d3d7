package io.anemone.orchestrator.image;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A revision as somebody wrote it down: nothing is checked yet. {@link ImageRequestParser} makes a revision of it. */
@Schema(
        name = "ImageRequest",
        description =
                "A new revision of an image, and the image itself with its first. Give a `disk`, or a `kernel`, or"
                        + " both.",
        requiredProperties = {"name", "defaultUser", "files"})
record RequestedImage(
        @Schema(description = "Its name; a user's image is called `OWNER/NAME`", maxLength = 63, examples = "solver")
        @Nullable
        String name,

        @Schema(description = "One line for people") @Nullable
        String description,

        @Schema(
                description = "`golden` is for operators",
                enumeration = {"user", "golden"},
                defaultValue = "user")
        @Nullable
        String tier,

        @Schema(description = "Kernel command line; only with a kernel", examples = "root=/dev/vda rw console=ttyS0")
        @Nullable
        String cmdline,

        @Schema(
                description = "What the disk is: nobody guesses it",
                enumeration = {"qcow2", "raw"})
        @Nullable
        String diskFormat,

        @Schema(description = "The account that ssh keys are for", examples = "debian") @Nullable
        String defaultUser,

        @Schema(description = "What makes a guest of it READY; without it, its ssh server within three minutes")
        @Nullable
        Readiness readiness,

        @Schema(description = "Least memory that it boots in", minimum = "64", defaultValue = "256") @Nullable
        Integer minMemoryMiB,

        @Schema(description = "Least size of its disk; 0 for as large as it is", minimum = "0", defaultValue = "0")
        @Nullable
        Integer minDiskGiB,

        @Schema(description = "What it is made of, each role at most once") @Nullable
        List<@Nullable RequestedFile> files) {

    /** As in an {@code image.yaml}. */
    @Schema(name = "ImageRequestReadiness")
    record Readiness(
            @Schema(enumeration = {"ssh", "agent", "cloud-init", "none"}) @Nullable
            String kind,

            @Schema(minimum = "1", maximum = "86400") @Nullable
            Integer timeoutSeconds) {}

    /** Either {@code bytes}, to be uploaded, or {@code source}, to be imported. */
    @Schema(name = "ImageRequestFile", requiredProperties = "role")
    record RequestedFile(
            @Schema(enumeration = {"disk", "kernel", "initrd"}) @Nullable
            String role,

            @Schema(description = "How long it is; its content is then uploaded", minimum = "1") @Nullable
            Long bytes,

            @Schema(description = "SHA-256 that it must turn out to have, 64 hexadecimal digits") @Nullable
            String sha256,

            @Schema(description = "URL or path that it is imported from, of those that operators allow") @Nullable
            String source) {}
}
