package io.anemone.orchestrator.vm;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmId;
import io.anemone.orchestrator.identity.Caller;
import io.anemone.orchestrator.problem.Problem;
import io.anemone.orchestrator.request.ApiV1;
import io.anemone.orchestrator.request.Parameters;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.BiConsumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What can be done with a VM that lives. A repeat of what is under way or done changes nothing. */
@Path("/vms/{id}/actions")
@Tag(name = "VMs")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(
        responseCode = "202",
        description = "It is being done",
        content = @Content(schema = @Schema(implementation = VmJson.class)))
@APIResponse(responseCode = "401", ref = ApiV1.UNAUTHENTICATED)
@APIResponse(responseCode = "403", ref = ApiV1.FORBIDDEN)
@APIResponse(responseCode = "404", ref = ApiV1.NOT_FOUND)
@APIResponse(
        responseCode = "409",
        description =
                "`WRONG_PHASE`: its phase does not allow this. `NOT_FOR_THIS_PATH`: a VM of its launch path cannot",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(responseCode = "500", ref = ApiV1.INTERNAL)
@APIResponse(responseCode = "503", ref = ApiV1.UNAVAILABLE)
public class VmActionResource {

    private final VmService service;
    private final VmQuery vms;
    private final VmPresenter presenter;
    private final SecurityIdentity identity;

    VmActionResource(VmService service, VmQuery vms, VmPresenter presenter, SecurityIdentity identity) {
        this.service = service;
        this.vms = vms;
        this.presenter = presenter;
        this.identity = identity;
    }

    @POST
    @Path("suspend")
    @Operation(
            summary = "Suspend a VM",
            description = "Its memory and its disk are saved on the site's shared file system, its lease is given back,"
                    + " and it rests in SUSPENDED until it is resumed. If that fails it runs on, and its `message` says why."
                    + " A VM that does not run yet is suspended as soon as it does. Not for direct VMs.")
    public Response suspend(@PathParam("id") @Parameter(description = "The VM's id") String id) {
        return act(id, service::suspend);
    }

    @POST
    @Path("resume")
    @Operation(
            summary = "Let a suspended VM go on",
            description =
                    "It gets a lease as a new VM does, on whichever node, and goes on from where it was. Where its"
                            + " memory cannot be used it boots from its own disk, and its `warnings` say so.")
    public Response resume(@PathParam("id") @Parameter(description = "The VM's id") String id) {
        return act(id, service::resume);
    }

    @POST
    @Path("reboot")
    @Operation(
            summary = "Reboot a VM's guest",
            description = "The guest is asked to (ACPI); it is reset if it does not within 20 s. Its disk stays.")
    public Response reboot(@PathParam("id") @Parameter(description = "The VM's id") String id) {
        return act(id, service::reboot);
    }

    @POST
    @Path("shutdown")
    @Operation(
            summary = "Let a VM's guest switch itself off",
            description = "As deleting it, but the guest has more time before it is destroyed: 45 s, unless the site"
                    + " says otherwise. What is on the VM's disk is gone afterwards.")
    public Response shutdown(@PathParam("id") @Parameter(description = "The VM's id") String id) {
        VmRecord vm = find(id);
        if (vm.phase().terminal()) {
            throw new AnemoneException(
                    ErrorCode.WRONG_PHASE,
                    "The VM is over (" + vm.phase() + "): nothing is left to shut down (vm: " + id + ").");
        }
        boolean own = caller().name().equals(vm.spec().owner());
        return act(id, (vmId, actor) -> service.shutDown(vmId, actor, own ? StopReason.USER : StopReason.OPERATOR));
    }

    private Response act(String id, BiConsumer<VmId, String> action) {
        action.accept(find(id).id(), caller().name());
        return Response.accepted(presenter.present(find(id))).build();
    }

    private Caller caller() {
        return Caller.of(identity);
    }

    private VmRecord find(String id) {
        return vms.seenBy(caller(), new VmId(Parameters.id(id)));
    }
}
