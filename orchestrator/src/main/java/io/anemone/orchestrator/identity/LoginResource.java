package io.anemone.orchestrator.identity;

import io.anemone.core.error.ErrorCode;
import io.anemone.orchestrator.problem.FieldException;
import io.anemone.orchestrator.problem.Problem;
import io.anemone.orchestrator.request.ApiV1;
import io.anemone.orchestrator.request.StrictJson;
import io.quarkus.security.Authenticated;
import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Logging in, logging out, and who one is. */
@Path("/")
@Tag(name = "Identity")
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(responseCode = "500", ref = ApiV1.INTERNAL)
@APIResponse(responseCode = "503", ref = ApiV1.UNAVAILABLE)
public class LoginResource {

    private final Sessions sessions;
    private final SessionCookie cookie;
    private final StrictJson json;
    private final SecurityIdentity identity;

    LoginResource(Sessions sessions, SessionCookie cookie, StrictJson json, SecurityIdentity identity) {
        this.sessions = sessions;
        this.cookie = cookie;
        this.json = json;
        this.identity = identity;
    }

    @POST
    @Path("login")
    @PermitAll
    @Consumes(MediaType.APPLICATION_JSON)
    @SecurityRequirements
    @Operation(
            summary = "Log in",
            description = "Gives a token, and the same as a cookie for browsers. The answer does not tell a wrong name"
                    + " from a wrong password.")
    @APIResponse(
            responseCode = "200",
            description = "Logged in",
            content = @Content(schema = @Schema(implementation = LoginJson.class)))
    @APIResponse(responseCode = "400", ref = ApiV1.MALFORMED)
    @APIResponse(responseCode = "401", ref = ApiV1.UNAUTHENTICATED)
    @APIResponse(responseCode = "413", ref = ApiV1.TOO_LARGE)
    @APIResponse(responseCode = "415", ref = ApiV1.UNSUPPORTED)
    @APIResponse(
            responseCode = "429",
            description = "`TOO_MANY_LOGIN_ATTEMPTS`: wait a minute",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response login(
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = LoginRequest.class)))
                    byte[] body,
            @Context HttpServerRequest http) {
        LoginRequest request = json.read(body, LoginRequest.class);
        String name = required("name", request.name());
        String password = required("password", request.password());
        Sessions.Opened opened = sessions.open(
                name, password, String.valueOf(http.remoteAddress().hostAddress()));
        return Response.ok(LoginJson.of(opened))
                .cookie(cookie.holding(opened.token()))
                .build();
    }

    @POST
    @Path("logout")
    @Authenticated
    @Operation(summary = "Log out", description = "The token is good for nothing after this.")
    @APIResponse(responseCode = "204", description = "Logged out")
    @APIResponse(responseCode = "401", ref = ApiV1.UNAUTHENTICATED)
    @APIResponse(responseCode = "403", ref = ApiV1.FORBIDDEN)
    public Response logout() {
        sessions.close(
                new SessionToken(identity.getCredential(TokenCredential.class).getToken()));
        NewCookie none = cookie.none();
        return Response.noContent().cookie(none).build();
    }

    @GET
    @Path("me")
    @Authenticated
    @Operation(summary = "Who am I?")
    @APIResponse(responseCode = "200", description = "The account that is logged in")
    @APIResponse(responseCode = "401", ref = ApiV1.UNAUTHENTICATED)
    public UserJson me() {
        return UserJson.of(Caller.of(identity));
    }

    private static String required(String field, @Nullable String value) {
        if (value == null) {
            throw new FieldException(ErrorCode.INVALID_FIELD, field, "Give the " + field + " to log in with.");
        }
        return value;
    }
}
