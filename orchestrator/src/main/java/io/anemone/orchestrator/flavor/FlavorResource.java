package io.anemone.orchestrator.flavor;

import io.anemone.orchestrator.request.ApiV1;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The sizes that have a name. */
@Path("/flavors")
@Tag(name = "Site")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(responseCode = "401", ref = ApiV1.UNAUTHENTICATED)
@APIResponse(responseCode = "500", ref = ApiV1.INTERNAL)
public class FlavorResource {

    /** A flavor as the API tells it. */
    @Schema(name = "Flavor")
    record FlavorJson(
            @Schema(examples = "small") String name,
            @Schema(examples = "1") int vcpus,
            @Schema(examples = "512") int memoryMiB,
            @Schema(examples = "one core") String description,

            @Schema(
                    description = "How much of a core each processor counts for on a pool's lease; a job of its own"
                            + " has whole cores",
                    examples = "100")
            int cpuPercent,

            @Schema(
                    description = "Whether a VM gets all that its job was granted on its node; `vcpus` and"
                            + " `memoryMiB` are then the least")
            boolean wholeNode) {}

    /** All flavors. */
    @Schema(name = "Flavors")
    record All(List<FlavorJson> items) {}

    private final FlavorCatalog flavors;

    FlavorResource(FlavorCatalog flavors) {
        this.flavors = flavors;
    }

    @GET
    @Operation(summary = "List flavors")
    @APIResponse(responseCode = "200", description = "Smallest first")
    public All list() {
        return new All(flavors.all().stream()
                .map(flavor -> new FlavorJson(
                        flavor.name(),
                        flavor.size().vcpus(),
                        flavor.size().memoryMiB(),
                        flavor.description(),
                        flavor.cpuPercent(),
                        flavor.wholeNode()))
                .toList());
    }
}
