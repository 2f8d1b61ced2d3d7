package io.anemone.simulation;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A party's own clock, which may be off and may jump. */
final class PartyClock extends Clock {

    private final World world;
    private long offset;
    private Instant latest = Instant.MIN;

    PartyClock(World world, long offsetMillis) {
        this.world = world;
        this.offset = offsetMillis;
    }

    void jump(long millis) {
        latest = latest();
        offset += millis;
    }

    /** The latest time that it ever showed. */
    Instant latest() {
        return latest.isAfter(instant()) ? latest : instant();
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
