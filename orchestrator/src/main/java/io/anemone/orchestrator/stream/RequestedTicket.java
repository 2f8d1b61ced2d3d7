package io.anemone.orchestrator.stream;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a ticket is wanted for. */
@Schema(requiredProperties = "kind")
record RequestedTicket(
        @Schema(
                type = SchemaType.STRING,
                description = "What of the guest to connect to",
                enumeration = {"ssh", "serial", "vnc"})
        @Nullable
        String kind) {}
