package io.anemone.orchestrator.vm;

import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmId;
import io.anemone.orchestrator.console.ConsoleStore;
import io.anemone.orchestrator.history.HistoryStore;
import io.anemone.orchestrator.identity.Caller;
import io.anemone.orchestrator.problem.Problem;
import io.anemone.orchestrator.request.ApiV1;
import io.anemone.orchestrator.request.Parameters;
import io.anemone.orchestrator.request.RequestedVm;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** VMs: ask for, look at, delete. */
@Path("/vms")
@Tag(name = "VMs")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(responseCode = "401", ref = ApiV1.UNAUTHENTICATED)
@APIResponse(responseCode = "500", ref = ApiV1.INTERNAL)
@APIResponse(responseCode = "503", ref = ApiV1.UNAVAILABLE)
public class VmResource {

    private final VmRequests requests;
    private final VmService service;
    private final VmQuery vms;
    private final HistoryStore history;
    private final ConsoleStore consoles;
    private final VmPresenter presenter;
    private final SecurityIdentity identity;

    VmResource(
            VmRequests requests,
            VmService service,
            VmQuery vms,
            HistoryStore history,
            ConsoleStore consoles,
            VmPresenter presenter,
            SecurityIdentity identity) {
        this.requests = requests;
        this.service = service;
        this.vms = vms;
        this.history = history;
        this.consoles = consoles;
        this.presenter = presenter;
        this.identity = identity;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Ask for a VM",
            description = "Once this is answered, the VM is kept and will be started, or its record says why not. With"
                    + " an `Idempotency-Key`, a repeat of the same request gives the same VM.")
    @APIResponse(
            responseCode = "202",
            description = "Taken in",
            headers =
                    @Header(name = "Location", description = "Where the VM is found", schema = @Schema(format = "uri")),
            content = @Content(schema = @Schema(implementation = VmJson.class)))
    @APIResponse(responseCode = "400", ref = ApiV1.MALFORMED)
    @APIResponse(responseCode = "403", ref = ApiV1.FORBIDDEN)
    @APIResponse(
            responseCode = "409",
            description = "`IDEMPOTENCY_CONFLICT`: the key was used with another request; `VOLUME_IN_USE`: another VM"
                    + " holds a volume that it asks for",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "413", ref = ApiV1.TOO_LARGE)
    @APIResponse(responseCode = "415", ref = ApiV1.UNSUPPORTED)
    @APIResponse(
            responseCode = "422",
            description = "The site cannot do this: `UNKNOWN_IMAGE`, `UNKNOWN_FLAVOR`, `UNKNOWN_POOL`,"
                    + " `UNKNOWN_PARTITION`, `PATH_NOT_REQUESTABLE`, `SIZE_TOO_LARGE`, `SIZE_TOO_SMALL`,"
                    + " `WALLTIME_TOO_LONG`, `UNKNOWN_VOLUME`, `VOLUME_OUT_OF_REACH`, `DISK_TOO_SMALL`, `SHARE_NOT_ALLOWED`"
                    + " or `NOT_OFFERED`",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response create(
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = RequestedVm.class)))
                    byte[] body,
            @HeaderParam("Idempotency-Key")
                    @Parameter(description = "1 to 255 printable ASCII characters, new for each VM that is wanted")
                    @Nullable
                    String key) {
        VmId id = requests.create(body, Parameters.idempotencyKey(key), caller());
        return Response.accepted(presenter.present(find(id.toString())))
                .location(URI.create("/api/v1/vms/" + id))
                .build();
    }

    @GET
    @Operation(summary = "List VMs", description = "Newest first. Users see their own, operators all.")
    @APIResponse(responseCode = "200", description = "One page")
    @APIResponse(responseCode = "400", ref = ApiV1.MALFORMED)
    public VmPageJson list(@BeanParam VmListParameters parameters) {
        List<VmRecord> page = parameters.filter(caller()).map(vms::list).orElse(List.of());
        int limit = Parameters.number(
                "limit", parameters.limit, VmListParameters.DEFAULT_LIMIT, VmListParameters.MAX_LIMIT);
        String next = page.size() < limit ? null : VmCursor.of(page.getLast());
        return new VmPageJson(page.stream().map(presenter::present).toList(), next);
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Look at a VM")
    @APIResponse(
            responseCode = "200",
            description = "The VM",
            headers =
                    @Header(
                            name = "ETag",
                            description = "Changes with the VM",
                            schema = @Schema(implementation = String.class)),
            content = @Content(schema = @Schema(implementation = VmJson.class)))
    @APIResponse(responseCode = "304", description = "Not changed since the `ETag` of `If-None-Match`")
    @APIResponse(responseCode = "404", ref = ApiV1.NOT_FOUND)
    public Response get(@PathParam("id") @Parameter(description = "The VM's id") String id, @Context Request request) {
        VmRecord vm = find(id);
        EntityTag tag = tag(vm);
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        return unchanged != null
                ? unchanged.build()
                : Response.ok(presenter.present(vm)).tag(tag).build();
    }

    @GET
    @Path("{id}/events")
    @Operation(summary = "The whole history of a VM and of its leases", description = "Oldest first.")
    @APIResponse(responseCode = "200", description = "The history")
    @APIResponse(responseCode = "404", ref = ApiV1.NOT_FOUND)
    public VmEventJson.All events(@PathParam("id") @Parameter(description = "The VM's id") String id) {
        return VmEventJson.All.of(history.ofVm(find(id).id()));
    }

    @GET
    @Path("{id}/console-log")
    @Produces(MediaType.TEXT_PLAIN + ";charset=utf-8")
    @Operation(
            summary = "The end of what the guest wrote to its serial console",
            description = "At most 64 KiB of plain text, without escape sequences; empty when there is nothing yet.")
    @APIResponse(responseCode = "200", description = "The text")
    @APIResponse(responseCode = "404", ref = ApiV1.NOT_FOUND)
    public String consoleLog(@PathParam("id") @Parameter(description = "The VM's id") String id) {
        return consoles.tail(find(id).id());
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "End a VM", description = "Legal in every phase. The record stays. A repeat changes nothing.")
    @APIResponse(
            responseCode = "202",
            description = "It is being ended",
            content = @Content(schema = @Schema(implementation = VmJson.class)))
    @APIResponse(
            responseCode = "200",
            description = "It is over already",
            content = @Content(schema = @Schema(implementation = VmJson.class)))
    @APIResponse(responseCode = "403", ref = ApiV1.FORBIDDEN)
    @APIResponse(responseCode = "404", ref = ApiV1.NOT_FOUND)
    public Response delete(@PathParam("id") @Parameter(description = "The VM's id") String id) {
        VmRecord vm = find(id);
        if (vm.phase().terminal()) {
            return Response.ok(presenter.present(vm)).build();
        }
        Caller caller = caller();
        boolean own = caller.name().equals(vm.spec().owner());
        service.terminate(vm.id(), caller.name(), own ? StopReason.USER : StopReason.OPERATOR);
        return Response.accepted(presenter.present(find(id))).build();
    }

    private Caller caller() {
        return Caller.of(identity);
    }

    private VmRecord find(String id) {
        return vms.seenBy(caller(), new VmId(Parameters.id(id)));
    }

    /** The VM's JSON shows its lease too. */
    private static EntityTag tag(VmRecord vm) {
        return new EntityTag(
                vm.version() + "." + (vm.lease() == null ? 0 : vm.lease().version()));
    }
}
