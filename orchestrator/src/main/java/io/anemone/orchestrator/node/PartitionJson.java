package io.anemone.orchestrator.node;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A partition as the API tells it. */
@Schema(name = "Partition")
@JsonInclude(JsonInclude.Include.NON_NULL)
record PartitionJson(
        @Schema(examples = "batch") String name,

        @Schema(description = "Whether jobs without a partition go here")
        boolean isDefault,

        @Schema(description = "ISO 8601; not there if there is no limit", examples = "PT8H") @Nullable
        String maxWalltime) {

    /** All partitions. */
    @Schema(name = "Partitions")
    record All(List<PartitionJson> items) {}
}
