package io.anemone.orchestrator.volume;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.orchestrator.identity.Caller;
import io.anemone.orchestrator.problem.Problem;
import io.anemone.orchestrator.request.ApiV1;
import io.anemone.orchestrator.request.Parameters;
import io.anemone.orchestrator.request.StrictJson;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Volumes: make, look at, delete. A VM takes them by name when it is asked for. */
@Path("/volumes")
@Tag(name = "Volumes")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(responseCode = "401", ref = ApiV1.UNAUTHENTICATED)
@APIResponse(responseCode = "500", ref = ApiV1.INTERNAL)
@APIResponse(responseCode = "503", ref = ApiV1.UNAVAILABLE)
public class VolumeResource {

    private final VolumeStore volumes;
    private final StrictJson json;
    private final SecurityIdentity identity;

    VolumeResource(VolumeStore volumes, StrictJson json, SecurityIdentity identity) {
        this.volumes = volumes;
        this.json = json;
        this.identity = identity;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Make a volume",
            description = "It counts against your quota from now on, and takes room as guests write to it.")
    @APIResponse(
            responseCode = "201",
            description = "The volume",
            content = @Content(schema = @Schema(implementation = VolumeJson.class)))
    @APIResponse(responseCode = "400", ref = ApiV1.MALFORMED)
    @APIResponse(responseCode = "403", ref = ApiV1.FORBIDDEN)
    @APIResponse(
            responseCode = "409",
            description = "`VOLUME_EXISTS`: you have one of that name",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "413", ref = ApiV1.TOO_LARGE)
    @APIResponse(responseCode = "415", ref = ApiV1.UNSUPPORTED)
    @APIResponse(
            responseCode = "422",
            description = "`NOT_OFFERED` or `QUOTA_EXCEEDED`",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response create(
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = RequestedVolume.class)))
                    byte[] body) {
        NewVolume wanted = VolumeRequestParser.parse(json.read(body, RequestedVolume.class), caller().name());
        VolumeRecord made = volumes.create(wanted);
        return Response.created(URI.create("/api/v1/volumes/" + made.id()))
                .entity(VolumeJson.of(made))
                .build();
    }

    @GET
    @Operation(summary = "List volumes", description = "By owner and name. Users see their own, operators all.")
    @APIResponse(responseCode = "200", description = "The volumes")
    public VolumeJson.All list() {
        Caller caller = caller();
        return new VolumeJson.All(volumes.list(caller.operator() ? null : caller.name()).stream()
                .map(VolumeJson::of)
                .toList());
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Look at a volume")
    @APIResponse(responseCode = "200", description = "The volume")
    @APIResponse(responseCode = "404", ref = ApiV1.NOT_FOUND)
    public VolumeJson get(@PathParam("id") @Parameter(description = "The volume's id") String id) {
        return VolumeJson.of(find(id));
    }

    @DELETE
    @Path("{id}")
    @Operation(
            summary = "Delete a volume and all that is on it",
            description = "It is gone at once; its file is removed by the next VM that can reach it. A VM's end"
                    + " deletes no volume.")
    @APIResponse(responseCode = "204", description = "It is deleted")
    @APIResponse(responseCode = "403", ref = ApiV1.FORBIDDEN)
    @APIResponse(responseCode = "404", ref = ApiV1.NOT_FOUND)
    @APIResponse(
            responseCode = "409",
            description = "`VOLUME_IN_USE`: a VM that is not over holds it",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public void delete(@PathParam("id") @Parameter(description = "The volume's id") String id) {
        volumes.delete(find(id).id());
    }

    private Caller caller() {
        return Caller.of(identity);
    }

    /** Another's volume is as absent as one that never was. */
    private VolumeRecord find(String id) {
        return volumes.find(Parameters.id(id))
                .filter(volume -> caller().sees(volume.owner()))
                .orElseThrow(() -> new AnemoneException(
                        ErrorCode.NOT_FOUND, "There is no such volume, or it is not yours (volume: " + id + ")."));
    }
}
