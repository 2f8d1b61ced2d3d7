package io.anemone.orchestrator.pool;

import io.anemone.core.lease.PoolSpec;
import io.anemone.orchestrator.identity.Role;
import io.anemone.orchestrator.problem.Problem;
import io.anemone.orchestrator.request.ApiV1;
import io.anemone.orchestrator.request.PoolRequestParser;
import io.anemone.orchestrator.request.RequestedPool;
import io.anemone.orchestrator.request.StrictJson;
import io.quarkus.security.Authenticated;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Pools: look at and, for operators, set. */
@Path("/pools")
@Tag(name = "Pools")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(responseCode = "401", ref = ApiV1.UNAUTHENTICATED)
@APIResponse(responseCode = "500", ref = ApiV1.INTERNAL)
@APIResponse(responseCode = "503", ref = ApiV1.UNAVAILABLE)
public class PoolResource {

    private final PoolStore pools;
    private final StrictJson json;
    private final PoolRequestParser parser;

    PoolResource(PoolStore pools, StrictJson json, PoolRequestParser parser) {
        this.pools = pools;
        this.json = json;
        this.parser = parser;
    }

    @GET
    @Operation(summary = "List pools")
    @APIResponse(responseCode = "200", description = "By name")
    public PoolJson.All list() {
        return new PoolJson.All(pools.list().stream().map(PoolJson::of).toList());
    }

    @PUT
    @Path("{name}")
    @RolesAllowed(Role.OPERATOR_NAME)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Make or change a pool",
            description = "Leases are asked for, or given back once they are idle, from then on. For operators.")
    @APIResponse(
            responseCode = "200",
            description = "The pool as it is now",
            content = @Content(schema = @Schema(implementation = PoolJson.class)))
    @APIResponse(responseCode = "400", ref = ApiV1.MALFORMED)
    @APIResponse(responseCode = "403", ref = ApiV1.FORBIDDEN)
    @APIResponse(responseCode = "413", ref = ApiV1.TOO_LARGE)
    @APIResponse(responseCode = "415", ref = ApiV1.UNSUPPORTED)
    @APIResponse(
            responseCode = "422",
            description = "`UNKNOWN_PARTITION` or `WALLTIME_TOO_LONG`",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public PoolJson put(
            @PathParam("name") @Parameter(description = "The pool's name") String name,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = RequestedPool.class)))
                    byte[] body) {
        RequestedPool request = json.read(body, RequestedPool.class);
        PoolSpec spec = parser.parse(name, request, pools.find(name));
        pools.put(spec);
        return pools.list().stream()
                .filter(pool -> pool.spec().name().equals(spec.name()))
                .findFirst()
                .map(PoolJson::of)
                .orElseThrow(() -> new IllegalStateException("the pool was just written (pool: " + spec.name() + ")"));
    }
}
