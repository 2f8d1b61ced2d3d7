package io.anemone.orchestrator.image;

import io.anemone.orchestrator.request.ApiV1;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a VM can boot from. */
@Path("/images")
@Tag(name = "Site")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(responseCode = "401", ref = ApiV1.UNAUTHENTICATED)
@APIResponse(responseCode = "500", ref = ApiV1.INTERNAL)
public class ImageResource {

    private final ImageCatalog images;

    ImageResource(ImageCatalog images) {
        this.images = images;
    }

    @GET
    @Operation(summary = "List images")
    @APIResponse(responseCode = "200", description = "By name")
    public ImageJson.All list() {
        return new ImageJson.All(images.all().stream().map(ImageJson::of).toList());
    }
}
