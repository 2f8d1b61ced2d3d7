package io.anemone.orchestrator.lease;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.ReleaseCause;
import io.anemone.orchestrator.identity.Caller;
import io.anemone.orchestrator.identity.Role;
import io.anemone.orchestrator.problem.Problem;
import io.anemone.orchestrator.request.ApiV1;
import io.anemone.orchestrator.request.Parameters;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Leases: look at and, for operators, give back. */
@Path("/leases")
@Tag(name = "Leases")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(responseCode = "401", ref = ApiV1.UNAUTHENTICATED)
@APIResponse(responseCode = "500", ref = ApiV1.INTERNAL)
@APIResponse(responseCode = "503", ref = ApiV1.UNAVAILABLE)
public class LeaseResource {

    private final VisibleLeases leases;
    private final LeaseStore store;
    private final SecurityIdentity identity;

    LeaseResource(VisibleLeases leases, LeaseStore store, SecurityIdentity identity) {
        this.leases = leases;
        this.store = store;
        this.identity = identity;
    }

    @GET
    @Operation(
            summary = "List leases",
            description = "The newest 500, newest first. Users see those that serve or served a VM of theirs.")
    @APIResponse(responseCode = "200", description = "The leases")
    @APIResponse(responseCode = "400", ref = ApiV1.MALFORMED)
    public LeaseJson.All list(
            @QueryParam("active")
                    @Parameter(
                            description = "Whether to leave out those that are over",
                            schema = @Schema(type = SchemaType.BOOLEAN))
                    @Nullable
                    String active) {
        return new LeaseJson.All(leases.list(caller(), Parameters.flag("active", active)));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Look at a lease")
    @APIResponse(responseCode = "200", description = "The lease")
    @APIResponse(responseCode = "404", ref = ApiV1.NOT_FOUND)
    public LeaseJson get(@PathParam("id") @Parameter(description = "The lease's id") String id) {
        return find(new LeaseId(Parameters.id(id)));
    }

    @POST
    @Path("{id}/actions/drain")
    @RolesAllowed(Role.OPERATOR_NAME)
    @Operation(
            summary = "Place no new VM on a lease",
            description = "Those on it live on until they end or the lease does. For operators.")
    @APIResponse(
            responseCode = "202",
            description = "It drains",
            content = @Content(schema = @Schema(implementation = LeaseJson.class)))
    @APIResponse(responseCode = "403", ref = ApiV1.FORBIDDEN)
    @APIResponse(responseCode = "404", ref = ApiV1.NOT_FOUND)
    @APIResponse(
            responseCode = "409",
            description = "`WRONG_PHASE`: only an active lease can drain",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response drain(@PathParam("id") @Parameter(description = "The lease's id") String id) {
        return act(id, new LeaseEvent.DrainRequested("drained by " + caller().name()));
    }

    @POST
    @Path("{id}/actions/release")
    @RolesAllowed(Role.OPERATOR_NAME)
    @Operation(summary = "Give a lease back", description = "Ends the VMs on it, and then its job. For operators.")
    @APIResponse(
            responseCode = "202",
            description = "It is being given back",
            content = @Content(schema = @Schema(implementation = LeaseJson.class)))
    @APIResponse(responseCode = "403", ref = ApiV1.FORBIDDEN)
    @APIResponse(responseCode = "404", ref = ApiV1.NOT_FOUND)
    @APIResponse(
            responseCode = "409",
            description = "`WRONG_PHASE`: it is over already",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response release(@PathParam("id") @Parameter(description = "The lease's id") String id) {
        return act(id, new LeaseEvent.ReleaseRequested(ReleaseCause.OPERATOR));
    }

    private Response act(String text, LeaseEvent event) {
        LeaseId id = new LeaseId(Parameters.id(text));
        LeaseJson before = find(id);
        boolean moved = store.apply(id, event, caller().name());
        LeaseJson after = find(id);
        if (!moved && !underWay(after, event)) {
            throw new AnemoneException(
                    ErrorCode.WRONG_PHASE,
                    "The lease is " + before.phase() + ", which does not allow this (lease: " + id + ").");
        }
        return Response.accepted(after).build();
    }

    /** Asking again is no mistake. */
    private static boolean underWay(LeaseJson lease, LeaseEvent event) {
        return switch (lease.phase()) {
            case RELEASING -> true;
            case DRAINING -> event instanceof LeaseEvent.DrainRequested;
            case REQUESTED, SUBMITTING, QUEUED, STARTING, ACTIVE, RELEASED, FAILED -> false;
        };
    }

    private LeaseJson find(LeaseId id) {
        return leases.find(caller(), id)
                .orElseThrow(() -> new AnemoneException(
                        ErrorCode.NOT_FOUND,
                        "There is no such lease, or it serves none of yours (lease: " + id + ")."));
    }

    private Caller caller() {
        return Caller.of(identity);
    }
}
