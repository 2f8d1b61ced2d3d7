package io.anemone.orchestrator.request;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses a body that says that it is too large before it is read; {@link StrictJson} measures the others. */
public class BodyLimit {

    @ServerRequestFilter(preMatching = true)
    public void check(ContainerRequestContext request) {
        if (request.getLength() > StrictJson.MAX_BYTES) {
            throw new AnemoneException(
                    ErrorCode.REQUEST_TOO_LARGE,
                    "Send at most " + StrictJson.MAX_BYTES / 1024 + " KiB as the request's body.");
        }
    }
}
