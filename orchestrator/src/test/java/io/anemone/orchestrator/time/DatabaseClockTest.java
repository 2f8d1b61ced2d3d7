package io.anemone.orchestrator.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final AtomicLong nanos = new AtomicLong(-7_000_000);
    private Duration away = Duration.ZERO;
    private Duration wayThere = Duration.ZERO;
    private Duration wayBack = Duration.ZERO;
    private boolean down;

    /** The database's time is noon at the monotonic clock's zero, plus {@code away}. */
    private Instant database() throws SQLException {
        if (down) {
            throw new SQLException("down");
        }
        pass(wayThere);
        Instant answer = trueTime();
        pass(wayBack);
        return answer;
    }

    private Instant trueTime() {
        return NOON.plusNanos(nanos.get()).plus(away);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private DatabaseClock clock(Duration wrongBy) {
        return new DatabaseClock(this::database, nanos::get, trueTime().plus(wrongBy));
    }

    @Test
    void hostClockMinutesOff_isTheDatabasesTime() {
        for (Duration wrongBy : new Duration[] {Duration.ofMinutes(7), Duration.ofMinutes(-7)}) {
            DatabaseClock clock = clock(wrongBy);
            clock.measure();
            pass(Duration.ofHours(1));
            assertThat(clock.instant()).isEqualTo(trueTime());
        }
    }

    @Test
    void slowAnswer_movesNothing_thatAFastOneSaid() {
        // Given
        DatabaseClock clock = clock(Duration.ofMinutes(1));
        clock.measure();

        // When
        wayThere = Duration.ofSeconds(3);
        wayBack = Duration.ofSeconds(1);
        clock.measure();

        // Then
        assertThat(clock.instant()).isEqualTo(trueTime());
    }

    @Test
    void fastAnswer_mendsWhatASlowOneSaid() {
        // Given
        DatabaseClock clock = clock(Duration.ofMinutes(1));
        wayBack = Duration.ofSeconds(1);
        wayThere = Duration.ofSeconds(1);
        clock.measure();
        assertThat(Duration.between(clock.instant(), trueTime()).abs()).isLessThanOrEqualTo(Duration.ofSeconds(2));

        // When
        wayBack = Duration.ofNanos(1000);
        wayThere = Duration.ofNanos(1000);
        clock.measure();

        // Then
        assertThat(Duration.between(clock.instant(), trueTime()).abs()).isLessThanOrEqualTo(Duration.ofNanos(2000));
    }

    @Test
    void databaseAway_timeGoesOn() {
        DatabaseClock clock = clock(Duration.ZERO);
        clock.measure();
        down = true;
        pass(Duration.ofMinutes(5));
        clock.measure();
        assertThat(clock.instant()).isEqualTo(trueTime());
    }

    @Test
    void databaseSetBack_isFollowed_noFurtherThanToTheBound() {
        // Given
        DatabaseClock clock = clock(Duration.ZERO);
        clock.measure();

        // When
        away = Duration.ofSeconds(-2);
        wayThere = Duration.ofMillis(10);
        clock.measure();

        // Then
        assertThat(clock.instant()).isEqualTo(trueTime().plusMillis(10));
    }
}
