package io.anemone.orchestrator.node;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.anemone.core.breaker.Breaker;
import io.anemone.core.error.ErrorCode;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * That a node is given a rest, because starts on it failed one after the other.
 *
 * @param failures starts that failed in a row
 * @param last     why the last one did
 * @param until    when one VM tries it again; not there once that may be
 */
@Schema(name = "NodeRest")
@JsonInclude(JsonInclude.Include.NON_NULL)
record NodeRest(
        @Schema(description = "Starts that failed in a row") int failures,

        @Schema(description = "Why the last one did") ErrorCode last,

        @Schema(description = "When one VM tries it again; not there once that may be") @Nullable
        Instant until) {

    static @Nullable NodeRest of(Breaker breaker) {
        return switch (breaker) {
            case Breaker.Closed closed -> null;
            case Breaker.Open open -> new NodeRest(open.failures(), open.last(), open.until());
            case Breaker.HalfOpen half -> new NodeRest(half.failures(), half.last(), null);
        };
    }
}
