package io.anemone.orchestrator.image;

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
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a VM can boot from: look at, bring, and change. */
@Path("/images")
@Tag(name = "Images")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(responseCode = "401", ref = ApiV1.UNAUTHENTICATED)
@APIResponse(responseCode = "500", ref = ApiV1.INTERNAL)
@APIResponse(responseCode = "503", ref = ApiV1.UNAVAILABLE)
public class ImageResource {

    private static final String REVISION = "{id}/revisions/{revision}";

    private final ImageService service;
    private final StrictJson json;
    private final SecurityIdentity identity;

    ImageResource(ImageService service, StrictJson json, SecurityIdentity identity) {
        this.service = service;
        this.json = json;
        this.identity = identity;
    }

    /** Who shall see an image. */
    @Schema(name = "ImageSharing", requiredProperties = "visibility")
    record Sharing(
            @Schema(enumeration = {"private", "project", "public"}) @Nullable
            String visibility,

            @Schema(description = "Only with the visibility `project`") @Nullable
            String project) {}

    @GET
    @Operation(summary = "List images", description = "Those that you may boot, and those that you may change.")
    @APIResponse(responseCode = "200", description = "The site's first, then by name")
    public ImageJson.All list() {
        return new ImageJson.All(service.list(caller()));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Look at an image")
    @APIResponse(
            responseCode = "200",
            description = "The image",
            content = @Content(schema = @Schema(implementation = ImageJson.class)))
    @APIResponse(responseCode = "404", ref = ApiV1.NOT_FOUND)
    public ImageJson get(@PathParam("id") @Parameter(description = "The image's id") String id) {
        return service.find(id, caller());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Bring a new revision of an image",
            description = "The image is made with its first revision, and is private. Files with `bytes` are then"
                    + " uploaded, those with a `source` are fetched. When all are there they are checked; then the"
                    + " revision is ACTIVE and the current one, or REFUSED, and says why.")
    @APIResponse(
            responseCode = "201",
            description = "Its files are waited for",
            headers =
                    @Header(
                            name = "Location",
                            description = "Where the revision is found; its files are at `files/ROLE` below it",
                            schema = @Schema(format = "uri")),
            content = @Content(schema = @Schema(implementation = ImageJson.class)))
    @APIResponse(responseCode = "400", ref = ApiV1.MALFORMED)
    @APIResponse(responseCode = "403", ref = ApiV1.FORBIDDEN)
    @APIResponse(responseCode = "413", ref = ApiV1.TOO_LARGE)
    @APIResponse(responseCode = "415", ref = ApiV1.UNSUPPORTED)
    @APIResponse(
            responseCode = "422",
            description = "`IMAGE_QUOTA` or `SOURCE_NOT_ALLOWED`",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response create(
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = RequestedImage.class)))
                    byte[] body) {
        RevisionRecord revision = service.begin(json.read(body, RequestedImage.class), caller());
        String image = revision.image().id().toString();
        return Response.created(URI.create("/api/v1/images/" + image + "/revisions/" + revision.number()))
                .entity(service.find(image, caller()))
                .build();
    }

    @POST
    @Path("{id}/actions/share")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Say who sees an image",
            description = "To make one public is the operators', unless they let users.")
    @APIResponse(
            responseCode = "200",
            description = "The image as it is now",
            content = @Content(schema = @Schema(implementation = ImageJson.class)))
    @APIResponse(responseCode = "400", ref = ApiV1.MALFORMED)
    @APIResponse(responseCode = "403", ref = ApiV1.FORBIDDEN)
    @APIResponse(responseCode = "404", ref = ApiV1.NOT_FOUND)
    @APIResponse(responseCode = "413", ref = ApiV1.TOO_LARGE)
    @APIResponse(responseCode = "415", ref = ApiV1.UNSUPPORTED)
    public ImageJson share(
            @PathParam("id") @Parameter(description = "The image's id") String id,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Sharing.class)))
                    byte[] body) {
        Sharing sharing = json.read(body, Sharing.class);
        service.share(Parameters.id(id), sharing.visibility(), sharing.project(), caller());
        return service.find(id, caller());
    }

    @POST
    @Path(REVISION + "/actions/make-current")
    @Operation(
            summary = "Roll back or forward",
            description =
                    "From now on the image's name stands for this revision. One that was deprecated is active again.")
    @APIResponse(
            responseCode = "200",
            description = "The image as it is now",
            content = @Content(schema = @Schema(implementation = ImageJson.class)))
    @APIResponse(responseCode = "403", ref = ApiV1.FORBIDDEN)
    @APIResponse(responseCode = "404", ref = ApiV1.NOT_FOUND)
    @APIResponse(
            responseCode = "409",
            description = "`IMAGE_WRONG_STATE`",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public ImageJson makeCurrent(
            @PathParam("id") @Parameter(description = "The image's id") String id,
            @PathParam("revision") @Parameter(description = "The revision's number") String revision) {
        service.makeCurrent(Parameters.id(id), number(revision), caller());
        return service.find(id, caller());
    }

    @POST
    @Path(REVISION + "/actions/deprecate")
    @Operation(
            summary = "Deprecate a revision",
            description = "The image's name does not stand for it any more; who gives its number still gets it.")
    @APIResponse(
            responseCode = "200",
            description = "The image as it is now",
            content = @Content(schema = @Schema(implementation = ImageJson.class)))
    @APIResponse(responseCode = "403", ref = ApiV1.FORBIDDEN)
    @APIResponse(responseCode = "404", ref = ApiV1.NOT_FOUND)
    @APIResponse(
            responseCode = "409",
            description = "`IMAGE_WRONG_STATE`",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public ImageJson deprecate(
            @PathParam("id") @Parameter(description = "The image's id") String id,
            @PathParam("revision") @Parameter(description = "The revision's number") String revision) {
        service.deprecate(Parameters.id(id), number(revision), caller());
        return service.find(id, caller());
    }

    @DELETE
    @Path(REVISION)
    @Operation(
            summary = "Delete a revision",
            description = "Also one whose files still arrive. VMs that were asked for with it go on; its files stay as"
                    + " long as they need them. A repeat changes nothing.")
    @APIResponse(responseCode = "204", description = "No VM can be asked for with it any more")
    @APIResponse(responseCode = "403", ref = ApiV1.FORBIDDEN)
    @APIResponse(responseCode = "404", ref = ApiV1.NOT_FOUND)
    public void delete(
            @PathParam("id") @Parameter(description = "The image's id") String id,
            @PathParam("revision") @Parameter(description = "The revision's number") String revision) {
        service.delete(Parameters.id(id), number(revision), caller());
    }

    static int number(String text) {
        return Parameters.number("revision", text, 1, 999_999_999);
    }

    private Caller caller() {
        return Caller.of(identity);
    }
}
