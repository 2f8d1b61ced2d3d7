package io.anemone.agent.cache;

import java.time.Duration;

/**
 * What a part of the cache may use.
 *
 * @param quota     bytes of all that is kept and being copied
 * @param spare     bytes of the file system that are left to others
 * @param abandoned how long a copy that was broken off is kept to be gone on with
 * @param stalled   how long a copy may make no progress before it is given up
 */
public record CacheLimits(long quota, long spare, Duration abandoned, Duration stalled) {

    public static final CacheLimits DEFAULT =
            new CacheLimits(20L << 30, 256L << 20, Duration.ofHours(24), Duration.ofMinutes(1));
}
