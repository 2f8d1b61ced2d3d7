package io.anemone.core.vm;

import java.time.Duration;

/**
 * How long the transitional phases of a VM may last and how often it is tried.
 *
 * @param start       from PLACED until the domain runs
 * @param stop        until a STOPPING attempt is asked about again, more firmly
 * @param suspend     until a SUSPENDING attempt is asked about again
 * @param maxAttempts attempts in all, counted anew from each suspension
 * @param retryDelay  wait before the second attempt; doubles with each further one
 */
public record VmLimits(Duration start, Duration stop, Duration suspend, int maxAttempts, Duration retryDelay) {

    public static final VmLimits DEFAULT = new VmLimits(
            Duration.ofMinutes(5), Duration.ofSeconds(60), Duration.ofMinutes(10), 3, Duration.ofSeconds(2));

    /** The wait before attempt {@code attempt + 1}. */
    public Duration delayAfter(int attempt) {
        return retryDelay.multipliedBy(1L << Math.min(attempt - 1, 10));
    }
}
