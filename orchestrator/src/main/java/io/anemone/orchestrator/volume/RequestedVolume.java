package io.anemone.orchestrator.volume;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A volume as somebody wrote it down: nothing is checked yet. */
@Schema(
        name = "VolumeRequest",
        description = "A disk that outlives its VMs. It is empty: the first guest formats it.",
        requiredProperties = {"name", "sizeGiB"})
public record RequestedVolume(
        @Schema(
                description = "1 to 20 lower-case letters, digits and hyphens, yours alone; in the guest the disk is"
                        + " `/dev/disk/by-id/virtio-NAME`. Not `root`, `seed` or `scratch-…`",
                maxLength = 20,
                examples = "results")
        @Nullable
        String name,

        @Schema(description = "Size in GiB; it cannot be changed later", minimum = "1", examples = "50") @Nullable
        Integer sizeGiB,

        @Schema(
                description = "`job`: for VMs of the paths scheduled and direct, kept by your own account. `pool`: for"
                        + " VMs of the path static, kept by the service's account",
                enumeration = {"job", "pool"},
                defaultValue = "job")
        @Nullable
        String place,

        @Schema(description = "Project that it is for", examples = "climate") @Nullable
        String project) {}
