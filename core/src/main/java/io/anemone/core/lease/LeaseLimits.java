package io.anemone.core.lease;

import java.time.Duration;

/**
 * How long the transitional phases of a lease may last.
 *
 * @param submit  until the outbox is asked again about a submit
 * @param start   from the job's start until its agent has joined
 * @param release until a RELEASING lease's job is cancelled (again)
 */
public record LeaseLimits(Duration submit, Duration start, Duration release) {

    public static final LeaseLimits DEFAULT =
            new LeaseLimits(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofSeconds(15));
}
