package io.anemone.core.breaker;

import java.time.Duration;

/**
 * When a breaker opens, and for how long.
 *
 * @param failures failures in a row that open it
 * @param pause    for how long it is open the first time; doubles with each further failure
 * @param longest  the longest it is open without another try
 */
public record BreakerLimits(int failures, Duration pause, Duration longest) {

    public static final BreakerLimits DEFAULT = new BreakerLimits(3, Duration.ofMinutes(2), Duration.ofHours(1));

    Duration pauseAfter(int inARow) {
        Duration wait = pause.multipliedBy(1L << Math.clamp(inARow - failures, 0, 20));
        return wait.compareTo(longest) < 0 ? wait : longest;
    }
}
