package io.anemone.agent.vm;

import java.time.Duration;
import java.time.Instant;

/**
 * When the guests of a lease are ended, because the scheduler will soon end the job.
 *
 * @param stopAt when they are asked to shut down
 * @param grace  how long after that they are destroyed
 */
public record LeaseEnding(Instant stopAt, Duration grace) {

    private static final Duration MOST = Duration.ofSeconds(30);

    /** @param margin between {@code stopAt} and the job's end; half of it is left for destroying and cleaning up */
    public static LeaseEnding before(Instant endsAt, Duration margin) {
        return new LeaseEnding(endsAt.minus(margin), margin.dividedBy(2));
    }

    /** 30 s, or a tenth of the lease when that is less. */
    public static Duration defaultMargin(Duration lease) {
        Duration tenth = lease.isNegative() ? Duration.ZERO : lease.dividedBy(10);
        return tenth.compareTo(MOST) < 0 ? tenth : MOST;
    }
}
