package io.anemone.orchestrator.image;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.orchestrator.identity.Caller;
import io.anemone.orchestrator.problem.FieldException;
import io.anemone.orchestrator.problem.Problem;
import io.anemone.orchestrator.request.ApiV1;
import io.anemone.orchestrator.request.BodyLimit;
import io.anemone.orchestrator.request.Parameters;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file, in pieces, to whichever orchestrator: a sender that was cut off asks where to go on. In the
 * manner of tus (https://tus.io), without its extensions.
 */
@Path("/images/{id}/revisions/{revision}/files/{role}")
@Tag(name = "Images")
@Authenticated
@APIResponse(responseCode = "401", ref = ApiV1.UNAUTHENTICATED)
@APIResponse(responseCode = "404", ref = ApiV1.NOT_FOUND)
@APIResponse(responseCode = "500", ref = ApiV1.INTERNAL)
public class UploadResource {

    static final String OFFSET = "Upload-Offset";
    static final String LENGTH = "Upload-Length";
    static final String PIECE = "application/offset+octet-stream";

    private final ImageService service;
    private final ImageRegistry registry;
    private final ImageStorage storage;
    private final ImageWorker worker;
    private final SecurityIdentity identity;

    UploadResource(
            ImageService service,
            ImageRegistry registry,
            ImageStorage storage,
            ImageWorker worker,
            SecurityIdentity identity) {
        this.service = service;
        this.registry = registry;
        this.storage = storage;
        this.worker = worker;
        this.identity = identity;
    }

    @HEAD
    @Operation(summary = "Ask how much of a file has arrived")
    @APIResponse(
            responseCode = "200",
            description = "The next piece begins at `Upload-Offset`",
            headers = {
                @Header(
                        name = OFFSET,
                        description = "Bytes that have arrived",
                        schema = @Schema(type = SchemaType.INTEGER)),
                @Header(name = LENGTH, description = "Bytes that it has", schema = @Schema(type = SchemaType.INTEGER))
            })
    public Response offset(
            @PathParam("id") @Parameter(description = "The image's id") String id,
            @PathParam("revision") @Parameter(description = "The revision's number") String number,
            @PathParam("role") @Parameter(description = "disk, kernel or initrd") String role) {
        RevisionRecord revision = revision(id, number);
        RevisionRecord.File file = file(revision, role);
        try {
            long offset = revision.state() == RevisionState.RECEIVING ? storage.length(file.id()) : file.received();
            // All of it may have come, and the orchestrator that took it in have died before it wrote that down
            arrived(file, offset);
            return Response.ok()
                    .header(OFFSET, offset)
                    .header(LENGTH, file.bytes())
                    .header("Cache-Control", "no-store")
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @PATCH
    @Consumes(PIECE)
    @Operation(
            summary = "Send a piece of a file",
            description = "At most 4 MiB, from the byte `Upload-Offset` on. With the last piece of the last file, the"
                    + " check of the revision begins.")
    @APIResponse(
            responseCode = "204",
            description = "It is kept",
            headers =
                    @Header(
                            name = OFFSET,
                            description = "Where the next piece begins",
                            schema = @Schema(type = SchemaType.INTEGER)))
    @APIResponse(responseCode = "400", ref = ApiV1.MALFORMED)
    @APIResponse(responseCode = "403", ref = ApiV1.FORBIDDEN)
    @APIResponse(
            responseCode = "409",
            description = "`UPLOAD_OFFSET`: another piece is expected, at the byte that `Upload-Offset` says;"
                    + " `IMAGE_WRONG_STATE`: nothing is waited for",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "413", ref = ApiV1.TOO_LARGE)
    @APIResponse(responseCode = "415", ref = ApiV1.UNSUPPORTED)
    @APIResponse(
            responseCode = "507",
            description = "`IMAGE_STORAGE_FULL`",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response send(
            @PathParam("id") @Parameter(description = "The image's id") String id,
            @PathParam("revision") @Parameter(description = "The revision's number") String number,
            @PathParam("role") @Parameter(description = "disk, kernel or initrd") String role,
            @HeaderParam(OFFSET)
                    @Parameter(description = "The byte that the piece begins at", required = true)
                    @Nullable
                    String from,
            @RequestBody(
                            required = true,
                            content = @Content(mediaType = PIECE, schema = @Schema(implementation = Piece.class)))
                    byte[] body) {
        RevisionRecord revision = revision(id, number);
        RevisionRecord.File file = file(revision, role);
        if (revision.saves() != null) {
            throw new AnemoneException(
                    ErrorCode.IMAGE_WRONG_STATE,
                    "Its disk is a VM's, which the VM's node brings (image: " + revision.reference() + ").");
        }
        if (revision.state() != RevisionState.RECEIVING || file.complete() || file.bytes() == null) {
            throw new AnemoneException(
                    ErrorCode.IMAGE_WRONG_STATE,
                    "Nothing is waited for here: the revision is " + revision.state() + " (image: "
                            + revision.reference() + ").");
        }
        long offset = offset(from);
        long bytes = Objects.requireNonNull(file.bytes());
        if (body.length > BodyLimit.MAX_PIECE) {
            throw new AnemoneException(ErrorCode.REQUEST_TOO_LARGE, "Send at most 4 MiB as one piece.");
        }
        if (offset + body.length > bytes) {
            throw FieldException.invalid(OFFSET, "The file was declared to have " + bytes + " bytes: this is more.");
        }
        try {
            long now = storage.append(file.id(), offset, new ByteArrayInputStream(body), bytes);
            arrived(file, now);
            return Response.noContent().header(OFFSET, now).build();
        } catch (ImageStorage.OffsetException e) {
            throw new AnemoneException(
                    ErrorCode.UPLOAD_OFFSET,
                    "Another piece is expected or being written: ask for the offset, and go on from there (image: "
                            + revision.reference() + ", offset: " + e.expected() + ").",
                    e);
        } catch (ImageStorage.FullException e) {
            throw new AnemoneException(
                    ErrorCode.IMAGE_STORAGE_FULL,
                    "The site has no room for it at the moment: what has arrived is kept, tell an operator (image: "
                            + revision.reference() + ").",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes. */
    @Schema(name = "ImagePiece", type = SchemaType.STRING, format = "binary")
    static final class Piece {
        private Piece() {}
    }

    private void arrived(RevisionRecord.File file, long offset) {
        registry.arrived(file.id(), offset);
        if (file.bytes() != null && offset == file.bytes()) {
            worker.wake();
        }
    }

    private static long offset(@Nullable String text) {
        if (text == null || !text.matches("[0-9]{1,18}")) {
            throw FieldException.invalid(OFFSET, "Say in the header " + OFFSET + " which byte the piece begins at.");
        }
        return Long.parseLong(text);
    }

    private RevisionRecord revision(String id, String number) {
        return service.revision(Parameters.id(id), ImageResource.number(number), Caller.of(identity));
    }

    private static RevisionRecord.File file(RevisionRecord revision, String role) {
        return FileRole.of(role)
                .flatMap(revision::file)
                .orElseThrow(() -> new AnemoneException(
                        ErrorCode.NOT_FOUND, "The revision has no such file (image: " + revision.reference() + ")."));
    }
}
