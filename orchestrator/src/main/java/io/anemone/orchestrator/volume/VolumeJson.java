package io.anemone.orchestrator.volume;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A volume as the API tells it. */
@Schema(name = "Volume", description = "A disk that outlives its VMs")
record VolumeJson(
        @Schema(format = "uuid") String id,
        @Schema(examples = "results") String name,
        @Schema(examples = "researcher") String owner,

        @Schema(nullable = true, examples = "climate") @Nullable
        String project,

        @Schema(
                description = "`job`: for VMs of the paths scheduled and direct; `pool`: for VMs of the path static",
                enumeration = {"job", "pool"})
        String place,

        @Schema(examples = "50") int sizeGiB,
        Instant createdAt,

        @Schema(
                description = "FREE, or HELD by a VM that is not over",
                enumeration = {"FREE", "HELD"})
        String state,

        @Schema(nullable = true, description = "The VM that holds it; null while it is free") @Nullable
        Holder heldBy) {

    /** Who holds it. */
    @Schema(name = "VolumeHolder")
    record Holder(
            @Schema(format = "uuid") String vm,
            @Schema(examples = "solver-1") String name,
            @Schema(examples = "READY") String phase,

            @Schema(description = "Number of its current attempt", examples = "1")
            int attempt) {}

    /** All volumes. */
    @Schema(name = "Volumes")
    record All(List<VolumeJson> items) {}

    static VolumeJson of(VolumeRecord volume) {
        VolumeRecord.Holder holder = volume.heldBy();
        return new VolumeJson(
                volume.id().toString(),
                volume.name(),
                volume.owner(),
                volume.project(),
                volume.place().text(),
                volume.sizeGiB(),
                volume.createdAt(),
                holder == null ? "FREE" : "HELD",
                holder == null
                        ? null
                        : new Holder(holder.vm().toString(), holder.name(), holder.phase(), holder.attempt()));
    }
}
