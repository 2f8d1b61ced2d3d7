package io.anemone.orchestrator.problem;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Makes a problem of everything that a request can end in other than well. */
public class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final String LOG_IN = "Log in with POST /api/v1/login and send the token as Authorization: Bearer.";

    @ServerExceptionMapper
    public Response refused(AnemoneException e) {
        if (e.code() == ErrorCode.INTERNAL) {
            return unexpected(e);
        }
        return response(Problem.of(e));
    }

    @ServerExceptionMapper
    public Response notLoggedIn(UnauthorizedException e) {
        return unauthenticated();
    }

    /** Credentials were sent, and are not good (any more). */
    @ServerExceptionMapper
    public Response notRecognized(AuthenticationFailedException e) {
        return DatabaseOutage.behind(e) ? databaseAway(e) : unauthenticated();
    }

    @ServerExceptionMapper
    public Response notAllowed(ForbiddenException e) {
        return response(Problem.of(ErrorCode.FORBIDDEN, "Only an operator may do this: ask one."));
    }

    /** What the HTTP layer itself refuses. */
    @ServerExceptionMapper
    public Response http(WebApplicationException e) {
        return switch (e.getResponse().getStatus()) {
            case 404 -> response(Problem.of(ErrorCode.NOT_FOUND, "There is nothing at this address: see /q/openapi."));
            case 405 ->
                withAllow(
                        e,
                        Problem.of(
                                ErrorCode.METHOD_NOT_ALLOWED, "Use another method: /q/openapi says which there are."));
            case 406 -> response(Problem.of(ErrorCode.NOT_ACCEPTABLE, "Accept application/json."));
            case 413 -> response(Problem.of(ErrorCode.REQUEST_TOO_LARGE, "Send less."));
            case 415 ->
                response(Problem.of(
                        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                        "Send JSON, with the header Content-Type: application/json."));
            case 400 ->
                response(Problem.of(ErrorCode.MALFORMED_REQUEST, "Send the request as /q/openapi describes it."));
            default -> unexpected(e);
        };
    }

    @ServerExceptionMapper
    public Response unexpected(Throwable e) {
        if (DatabaseOutage.behind(e)) {
            return databaseAway(e);
        }
        String occurrence = "urn:uuid:" + UUID.randomUUID();
        LOG.errorf(e, "A request failed unexpectedly (occurrence: %s)", occurrence);
        return response(
                Problem.of(ErrorCode.INTERNAL, "Try again; if it stays, give an operator this: " + occurrence + ".")
                        .withInstance(occurrence));
    }

    private static Response databaseAway(Throwable e) {
        LOG.warnf("A request failed because the database does not answer (cause: %s)", DatabaseOutage.words(e));
        return response(
                Problem.of(ErrorCode.DATABASE_UNAVAILABLE, "The database does not answer: try again in a moment."));
    }

    private static Response unauthenticated() {
        return Response.fromResponse(response(Problem.of(ErrorCode.UNAUTHENTICATED, LOG_IN)))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"anemone\"")
                .build();
    }

    private static Response withAllow(WebApplicationException e, Problem problem) {
        Response.ResponseBuilder response = Response.fromResponse(response(problem));
        Object allow = e.getResponse().getHeaders().getFirst(HttpHeaders.ALLOW);
        return allow == null
                ? response.build()
                : response.header(HttpHeaders.ALLOW, allow).build();
    }

    private static Response response(Problem problem) {
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem)
                .build();
    }
}
