package io.anemone.orchestrator.request;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses a body that says that it is too large before it is read; {@link StrictJson} measures the others. */
public class BodyLimit {

    /** The largest piece of an image's file. */
    public static final int MAX_PIECE = 4 << 20;

    @ServerRequestFilter(preMatching = true)
    public void check(ContainerRequestContext request) {
        // A piece of an image's file, which is no JSON and measured where it is taken in
        if (request.getMethod().equals("PATCH") && request.getLength() <= MAX_PIECE) {
            return;
        }
        if (request.getLength() > StrictJson.MAX_BYTES) {
            throw new AnemoneException(
                    ErrorCode.REQUEST_TOO_LARGE,
                    "Send at most " + StrictJson.MAX_BYTES / 1024 + " KiB as the request's body.");
        }
    }
}
