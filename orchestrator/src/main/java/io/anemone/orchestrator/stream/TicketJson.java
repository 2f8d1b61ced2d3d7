package io.anemone.orchestrator.stream;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A ticket as the API gives it. */
@Schema(name = "Ticket")
record TicketJson(
        @Schema(description = "Opens one WebSocket, once; to be shown as the subprotocol `anemone.ticket.TICKET`")
        String ticket,

        @Schema(description = "Where to open it", examples = "/api/v1/vms/…/console/serial")
        String path,

        Instant expiresAt) {

    @Override
    public String toString() {
        return "TicketJson[path=" + path + "]";
    }
}
