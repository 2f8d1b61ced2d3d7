package io.anemone.agent.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits between tries: doubling from 0.2 s to 1 s, with jitter so that a restarted orchestrator is not stampeded. No
 * longer, because what waits for an orchestrator to be back is somebody's VM, and a try that is refused costs next to
 * nothing.
 */
public final class Backoff {

    private static final long FIRST_MS = 200;
    private static final long LAST_MS = 1000;

    private final RandomGenerator random;
    private long next = FIRST_MS;

    public Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** Between half of the full wait and all of it. */
    public Duration next() {
        long full = next;
        next = Math.min(LAST_MS, next * 2);
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }

    public void reset() {
        next = FIRST_MS;
    }
}
