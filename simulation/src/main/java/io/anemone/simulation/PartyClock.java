package io.anemone.simulation;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A party's own clock, which may be off and may jump. */
final class PartyClock extends Clock {

    private final World world;
    private long offset;

    PartyClock(World world, long offsetMillis) {
        this.world = world;
        this.offset = offsetMillis;
    }

    void jump(long millis) {
        offset += millis;
    }

    @Override
    public Instant instant() {
        return world.time().plusMillis(offset);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
