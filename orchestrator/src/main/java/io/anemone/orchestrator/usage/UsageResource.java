package io.anemone.orchestrator.usage;

import io.anemone.core.vm.VmId;
import io.anemone.orchestrator.identity.Caller;
import io.anemone.orchestrator.request.ApiV1;
import io.anemone.orchestrator.request.Parameters;
import io.anemone.orchestrator.vm.VmQuery;
import io.anemone.orchestrator.vm.VmRecord;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a VM uses. */
@Path("/vms/{id}/stats")
@Tag(name = "VMs")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(responseCode = "401", ref = ApiV1.UNAUTHENTICATED)
@APIResponse(responseCode = "500", ref = ApiV1.INTERNAL)
@APIResponse(responseCode = "503", ref = ApiV1.UNAVAILABLE)
public class UsageResource {

    private final VmQuery vms;
    private final UsageStore usages;
    private final SecurityIdentity identity;

    UsageResource(VmQuery vms, UsageStore usages, SecurityIdentity identity) {
        this.vms = vms;
        this.usages = usages;
        this.identity = identity;
    }

    @GET
    @Operation(
            summary = "What a VM used in the last hour",
            description = "Measured on its node about every 15 s while it runs; oldest first. Forgotten after an hour.")
    @APIResponse(responseCode = "200", description = "The measurements")
    @APIResponse(responseCode = "404", ref = ApiV1.NOT_FOUND)
    public UsageJson.All stats(@PathParam("id") @Parameter(description = "The VM's id") String id) {
        VmRecord vm = vms.seenBy(Caller.of(identity), new VmId(Parameters.id(id)));
        return UsageJson.All.of(usages.of(vm.id()));
    }
}
