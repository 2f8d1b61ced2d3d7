package io.anemone.testkit.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Stands still until a test moves it. Safe for use by many threads. */
public final class SettableClock extends Clock {

    private Instant now;

    public SettableClock(Instant start) {
        this.now = start;
    }

    /** Starts at an arbitrary instant, the same in every run. */
    public static SettableClock fixed() {
        return new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
    }

    public synchronized void set(Instant instant) {
        now = instant;
    }

    public synchronized void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Always in UTC: tests that depend on a time zone would depend on the machine. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
