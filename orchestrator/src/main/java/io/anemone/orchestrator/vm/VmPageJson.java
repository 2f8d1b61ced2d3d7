package io.anemone.orchestrator.vm;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One page of VMs. */
@Schema(name = "VmPage")
@JsonInclude(JsonInclude.Include.NON_NULL)
record VmPageJson(
        @Schema(description = "Newest first") List<VmJson> items,

        @Schema(description = "Give it as `cursor` for the next page; not there on the last one") @Nullable
        String nextCursor) {}
