package io.anemone.orchestrator.request;

import io.anemone.orchestrator.problem.Problem;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeIn;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** The root of the API, and what its description says of the whole. */
@ApplicationPath("/api/v1")
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Anemone",
                        version = "1",
                        description = """
                                Virtual machines on the idle nodes of an HPC cluster, leased through its scheduler.

                                Log in with `POST /api/v1/login`, then send `Authorization: Bearer TOKEN`. Browsers use \
                                the cookie that the log-in sets, and then send `X-Requested-With: anemone` with \
                                everything that changes something.

                                Durations are ISO 8601 (`PT1H`), times RFC 3339 in UTC. A field that is not known is \
                                refused. Errors are `application/problem+json` (RFC 9457) with a stable `code`.
                                """,
                        license = @License(name = "Apache-2.0", identifier = "Apache-2.0")),
        security = {@SecurityRequirement(name = "token"), @SecurityRequirement(name = "cookie")},
        components =
                @Components(
                        securitySchemes = {
                            @SecurityScheme(
                                    securitySchemeName = "token",
                                    type = SecuritySchemeType.HTTP,
                                    scheme = "bearer",
                                    description = "The token that `POST /login` gave"),
                            @SecurityScheme(
                                    securitySchemeName = "cookie",
                                    type = SecuritySchemeType.APIKEY,
                                    in = SecuritySchemeIn.COOKIE,
                                    apiKeyName = "anemone_session",
                                    description = "For browsers; with `X-Requested-With: anemone` on unsafe methods")
                        },
                        responses = {
                            @APIResponse(
                                    name = ApiV1.MALFORMED,
                                    description = "`MALFORMED_REQUEST`, or `INVALID_FIELD` with the `field`",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema = @Schema(implementation = Problem.class))),
                            @APIResponse(
                                    name = ApiV1.UNAUTHENTICATED,
                                    description = "`UNAUTHENTICATED`: no log-in, or one that is over",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema = @Schema(implementation = Problem.class))),
                            @APIResponse(
                                    name = ApiV1.FORBIDDEN,
                                    description =
                                            "`FORBIDDEN`: for operators only, or `X-Requested-With` is missing beside"
                                                    + " the cookie",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema = @Schema(implementation = Problem.class))),
                            @APIResponse(
                                    name = ApiV1.NOT_FOUND,
                                    description = "`NOT_FOUND`: there is no such thing, or it is not yours",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema = @Schema(implementation = Problem.class))),
                            @APIResponse(
                                    name = ApiV1.TOO_LARGE,
                                    description = "`REQUEST_TOO_LARGE`: a body of more than 256 KiB",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema = @Schema(implementation = Problem.class))),
                            @APIResponse(
                                    name = ApiV1.UNSUPPORTED,
                                    description = "`UNSUPPORTED_MEDIA_TYPE`: the body is not declared as JSON",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema = @Schema(implementation = Problem.class))),
                            @APIResponse(
                                    name = ApiV1.UNAVAILABLE,
                                    description = "`DATABASE_UNAVAILABLE` or `SCHEDULER_UNAVAILABLE`: try again",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema = @Schema(implementation = Problem.class))),
                            @APIResponse(
                                    name = ApiV1.INTERNAL,
                                    description = "`INTERNAL`: `instance` identifies it in the service's log",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema = @Schema(implementation = Problem.class)))
                        }))
public class ApiV1 extends Application {

    public static final String MALFORMED = "Malformed";
    public static final String UNAUTHENTICATED = "Unauthenticated";
    public static final String FORBIDDEN = "Forbidden";
    public static final String NOT_FOUND = "NotFound";
    public static final String TOO_LARGE = "TooLarge";
    public static final String UNSUPPORTED = "UnsupportedMediaType";
    public static final String UNAVAILABLE = "Unavailable";
    public static final String INTERNAL = "Internal";
}
