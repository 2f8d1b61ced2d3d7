package io.anemone.orchestrator.stream;

import io.anemone.core.vm.VmId;
import io.anemone.core.wire.StreamKind;
import io.anemone.orchestrator.identity.Caller;
import io.anemone.orchestrator.identity.Sessions;
import io.anemone.orchestrator.problem.FieldException;
import io.anemone.orchestrator.problem.Problem;
import io.anemone.orchestrator.request.ApiV1;
import io.anemone.orchestrator.request.Parameters;
import io.anemone.orchestrator.request.StrictJson;
import io.quarkus.security.Authenticated;
import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Gives tickets: a browser cannot send its log-in along with a WebSocket in a way that no other site could. */
@Path("/vms")
@Tag(name = "VMs")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(responseCode = "401", ref = ApiV1.UNAUTHENTICATED)
@APIResponse(responseCode = "500", ref = ApiV1.INTERNAL)
@APIResponse(responseCode = "503", ref = ApiV1.UNAVAILABLE)
public class TicketResource {

    private final Guests guests;
    private final TicketStore tickets;
    private final Sessions sessions;
    private final StrictJson json;
    private final SecurityIdentity identity;
    private final StreamConfig config;
    private final Clock clock;

    TicketResource(
            Guests guests,
            TicketStore tickets,
            Sessions sessions,
            StrictJson json,
            SecurityIdentity identity,
            StreamConfig config,
            Clock clock) {
        this.guests = guests;
        this.tickets = tickets;
        this.sessions = sessions;
        this.json = json;
        this.identity = identity;
        this.config = config;
        this.clock = clock;
    }

    @POST
    @Path("{id}/tickets")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Get a ticket for a connection to the guest", description = """
                    For a WebSocket at `/api/v1/vms/{id}/ssh` or `/api/v1/vms/{id}/console/{serial|vnc}`. Open it with the \
                    subprotocols `anemone.v1` and `anemone.ticket.TICKET`, from a page of this site; a program may send \
                    `Authorization: Bearer TOKEN` with it instead, and needs no ticket.

                    Binary messages are what the guest says and is told: the bytes of its ssh connection, of its serial \
                    console (what it wrote lately comes first), or the RFB protocol (VNC). The text message `end` says \
                    that no more comes from that side. A close code of 4000 and more is 4000 and the HTTP status of the \
                    problem that the reason tells.""")
    @APIResponse(
            responseCode = "201",
            description = "Good for one connection, for some seconds",
            content = @Content(schema = @Schema(implementation = TicketJson.class)))
    @APIResponse(responseCode = "400", ref = ApiV1.MALFORMED)
    @APIResponse(responseCode = "403", ref = ApiV1.FORBIDDEN)
    @APIResponse(responseCode = "404", ref = ApiV1.NOT_FOUND)
    @APIResponse(
            responseCode = "409",
            description = "`WRONG_PHASE`: the VM does not run",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "413", ref = ApiV1.TOO_LARGE)
    @APIResponse(responseCode = "415", ref = ApiV1.UNSUPPORTED)
    public Response issue(
            @PathParam("id") @Parameter(description = "The VM's id") String id,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = RequestedTicket.class)))
                    byte[] body) {
        StreamKind kind = Optional.ofNullable(
                        json.read(body, RequestedTicket.class).kind())
                .flatMap(StreamKind::of)
                .orElseThrow(() -> FieldException.invalid("kind", "The kind must be ssh, serial or vnc."));
        VmId vm = new VmId(Parameters.id(id));
        byte[] session =
                sessions.keyOf(identity.getCredential(TokenCredential.class).getToken());
        guests.opening(vm, kind, Caller.of(identity), session);
        Ticket ticket = Ticket.random();
        Instant expiresAt = clock.instant().plus(config.ticketLifetime());
        tickets.issue(ticket, vm, kind, session, expiresAt);
        return Response.status(Response.Status.CREATED)
                .entity(new TicketJson(ticket.text(), StreamRoutes.pathOf(vm, kind), expiresAt))
                .build();
    }
}
