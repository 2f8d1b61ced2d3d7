package io.anemone.orchestrator.identity;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * A browser sends the cookie along with whatever another site makes it ask for, but lets that site set no header of
 * ours: so whoever changes something by cookie must show one.
 */
public class CrossSiteFilter {

    static final String HEADER = "X-Requested-With";
    static final String VALUE = "anemone";

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    @ServerRequestFilter
    public void check(ContainerRequestContext request) {
        boolean byCookie = request.getCookies().containsKey(SessionMechanism.COOKIE)
                && request.getHeaderString(HttpHeaders.AUTHORIZATION) == null;
        // Logging in does not act in anybody's name
        boolean login = request.getUriInfo().getPath().endsWith("/login");
        if (byCookie
                && !login
                && !SAFE.contains(request.getMethod())
                && !VALUE.equals(request.getHeaderString(HEADER))) {
            throw new AnemoneException(
                    ErrorCode.FORBIDDEN, "Send the header " + HEADER + ": " + VALUE + " with the cookie.");
        }
    }
}
