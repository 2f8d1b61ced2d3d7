package io.anemone.orchestrator.events;

import io.anemone.orchestrator.identity.Caller;
import io.anemone.orchestrator.request.ApiV1;
import io.quarkus.security.Authenticated;
import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Live updates as server-sent events (WHATWG HTML, "Server-sent events"). */
@Path("/events")
@Tag(name = "Live updates")
@Authenticated
@APIResponse(responseCode = "401", ref = ApiV1.UNAUTHENTICATED)
@APIResponse(responseCode = "500", ref = ApiV1.INTERNAL)
public class EventResource {

    private final LiveFeed feed;
    private final SecurityIdentity identity;

    EventResource(LiveFeed feed, SecurityIdentity identity) {
        this.feed = feed;
        this.identity = identity;
    }

    @GET
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Follow what changes",
            description = "`event: vm` with a Vm, `event: lease` with a Lease, of those that you may see, and `event:"
                    + " ping` at the beginning and every 15 s. Nothing is repeated: after each (re)connection, look at"
                    + " what you show once. A reader that falls far behind is cut off, and so is one whose log-in is"
                    + " over.")
    @APIResponse(
            responseCode = "200",
            description = "A stream without an end",
            content =
                    @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(implementation = String.class)))
    public Multi<OutboundSseEvent> follow(@Context Sse sse) {
        String token = identity.getCredential(TokenCredential.class).getToken();
        return feed.follow(token, Caller.of(identity))
                .map(event -> sse.newEventBuilder()
                        .id(String.valueOf(event.id()))
                        .name(event.kind().text())
                        .mediaType(MediaType.APPLICATION_JSON_TYPE)
                        .data(event.data())
                        .build());
    }
}
