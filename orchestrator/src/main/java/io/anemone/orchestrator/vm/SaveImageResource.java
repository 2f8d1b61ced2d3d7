package io.anemone.orchestrator.vm;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ImageReference;
import io.anemone.core.vm.VmId;
import io.anemone.orchestrator.identity.Caller;
import io.anemone.orchestrator.image.ImageSaves;
import io.anemone.orchestrator.image.ImageSaves.Begun;
import io.anemone.orchestrator.image.Images;
import io.anemone.orchestrator.problem.Problem;
import io.anemone.orchestrator.request.ApiV1;
import io.anemone.orchestrator.request.ImagePolicy;
import io.anemone.orchestrator.request.Parameters;
import io.anemone.orchestrator.request.StrictJson;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Saves the disk of a VM that runs as an image of its owner's. */
@Path("/vms/{id}/image")
@Tag(name = "VMs")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(responseCode = "401", ref = ApiV1.UNAUTHENTICATED)
@APIResponse(responseCode = "500", ref = ApiV1.INTERNAL)
@APIResponse(responseCode = "503", ref = ApiV1.UNAVAILABLE)
public class SaveImageResource {

    private final VmQuery vms;
    private final Images images;
    private final ImageSaves saves;
    private final ImagePolicy policy;
    private final StrictJson json;
    private final SecurityIdentity identity;

    SaveImageResource(
            VmQuery vms,
            Images images,
            ImageSaves saves,
            ImagePolicy policy,
            StrictJson json,
            SecurityIdentity identity) {
        this.vms = vms;
        this.images = images;
        this.saves = saves;
        this.policy = policy;
        this.json = json;
        this.identity = identity;
    }

    /** As somebody wrote it down. */
    @Schema(name = "SaveImageRequest", requiredProperties = "name")
    record Requested(
            @Schema(
                    description = "Of the image; it is called `OWNER/NAME`. If there is one, it gets a new revision",
                    maxLength = 63,
                    examples = "solver")
            @Nullable
            String name) {}

    /** The revision that is being made. */
    @Schema(name = "SavedImage")
    record Saved(
            @Schema(description = "The image's id") String image,
            String name,
            int revision,

            @Schema(description = "What a VM can be asked for with, once it is ACTIVE", examples = "alice/solver@3")
            String reference,

            @Schema(description = "As of image revisions", examples = "RECEIVING")
            String state) {

        static Saved of(Begun begun) {
            return new Saved(
                    begun.image().toString(),
                    begun.name(),
                    begun.revision(),
                    new ImageReference(begun.name(), begun.revision()).toString(),
                    begun.state());
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Save a VM's disk as an image",
            description =
                    "The root disk is copied as it is at one moment, while the guest runs on. Where an agent in the"
                            + " guest answers, its file systems stand still for that moment; otherwise the copy is as after a power"
                            + " cut, and what the guest has synced is in it. Memory, scratch disks and volumes are not. The image is"
                            + " its owner's and private; it boots as the VM's own image does. Its revision and the VM's history"
                            + " tell how it goes.")
    @APIResponse(
            responseCode = "202",
            description = "It is being saved; a repeat with the same key is answered with the same revision",
            headers =
                    @Header(
                            name = "Location",
                            description = "Where the image is found",
                            schema = @Schema(format = "uri")),
            content = @Content(schema = @Schema(implementation = Saved.class)))
    @APIResponse(responseCode = "400", ref = ApiV1.MALFORMED)
    @APIResponse(responseCode = "403", ref = ApiV1.FORBIDDEN)
    @APIResponse(responseCode = "404", ref = ApiV1.NOT_FOUND)
    @APIResponse(
            responseCode = "409",
            description =
                    "`WRONG_PHASE`: it does not run. `SAVE_UNDER_WAY`: one at a time. `NOTHING_TO_SAVE`: its image"
                            + " has no disk",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "413", ref = ApiV1.TOO_LARGE)
    @APIResponse(responseCode = "415", ref = ApiV1.UNSUPPORTED)
    @APIResponse(
            responseCode = "422",
            description = "`IMAGE_QUOTA`, `IMAGE_NOT_ALLOWED`",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response save(
            @PathParam("id") @Parameter(description = "The VM's id") String id,
            @HeaderParam("Idempotency-Key")
                    @Parameter(
                            description =
                                    "1 to 255 printable ASCII characters, new for each time that it is to be saved")
                    @Nullable
                    String key,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Requested.class)))
                    byte[] body) {
        Requested request = json.read(body, Requested.class);
        VmRecord vm = find(id);
        String name = request.name() == null ? "" : request.name();
        // A repeat gets its revision even if the site would refuse the request by now
        Begun begun = Optional.ofNullable(Parameters.idempotencyKey(key))
                .flatMap(known -> saves.known(vm.id(), vm.spec().owner(), name, known))
                .orElseGet(() -> saves.begin(wanted(vm, name, key), caller()));
        return Response.accepted(Saved.of(begun))
                .location(URI.create("/api/v1/images/" + begun.image()))
                .build();
    }

    private ImageSaves.Wanted wanted(VmRecord vm, String name, @Nullable String key) {
        LegalActions.saveImage(vm.view());
        String place = policy.place(vm.spec().path(), vm.spec().pool());
        if (!place.isEmpty()) {
            throw new AnemoneException(
                    ErrorCode.IMAGE_NOT_ALLOWED,
                    "Only golden images run " + place + ", and what runs there is not copied: use another path (vm: "
                            + vm.id() + ").");
        }
        ImageDefinition base = ImageReference.parse(vm.spec().image())
                .flatMap(reference -> images.look(reference).found())
                .orElseThrow(() -> new AnemoneException(
                        ErrorCode.UNKNOWN_IMAGE,
                        "The image " + vm.spec().image() + " that the VM was booted from is not there any more (vm: "
                                + vm.id() + ")."));
        if (base.content().disk() == null) {
            throw new AnemoneException(
                    ErrorCode.NOTHING_TO_SAVE,
                    "The image " + base.name()
                            + " has no disk: all of such a guest is in its memory. Use an image with a" + " disk (vm: "
                            + vm.id() + ").");
        }
        Integer gib = vm.spec().options().storage().rootGiB();
        return new ImageSaves.Wanted(
                vm.id(), vm.view().state().attempt(), vm.spec().owner(), name, base, gib == null ? 0 : gib, key);
    }

    private Caller caller() {
        return Caller.of(identity);
    }

    private VmRecord find(String id) {
        return vms.seenBy(caller(), new VmId(Parameters.id(id)));
    }
}
