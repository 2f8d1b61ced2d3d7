package io.anemone.core.breaker;

import io.anemone.core.error.ErrorCode;
import java.time.Instant;

/** Whether something may be used for starts. */
public sealed interface Breaker {

    /** It may. */
    record Closed() implements Breaker {}

    /**
     * It has failed too often in a row.
     *
     * @param until when it may be tried again
     */
    record Open(int failures, ErrorCode last, Instant until) implements Breaker {}

    /** It may be tried by one start at a time: the next success closes it, the next failure opens it for longer. */
    record HalfOpen(int failures, ErrorCode last) implements Breaker {}
}
