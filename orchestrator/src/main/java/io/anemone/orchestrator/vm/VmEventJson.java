package io.anemone.orchestrator.vm;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.anemone.orchestrator.history.HistoryEvent;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One line of a VM's history. */
@Schema(name = "VmEvent")
@JsonInclude(JsonInclude.Include.NON_NULL)
record VmEventJson(
        @Schema(description = "Grows with time") long id,
        Instant at,

        @Schema(
                description = "Whether it happened to the VM or to its lease",
                enumeration = {"vm", "lease"})
        String kind,

        @Schema(description = "Phase before") @Nullable String from,
        @Schema(description = "Phase after") @Nullable String to,

        @Schema(description = "What happened, in plain words")
        String note,

        @Schema(description = "Account behind it, if one was") @Nullable
        String actor) {

    /** The whole history. */
    @Schema(name = "VmEvents")
    record All(@Schema(description = "Oldest first") List<VmEventJson> items) {

        static All of(List<HistoryEvent> events) {
            return new All(events.stream()
                    .map(e -> new VmEventJson(e.id(), e.at(), e.kind(), e.from(), e.to(), e.note(), e.actor()))
                    .toList());
        }
    }
}
