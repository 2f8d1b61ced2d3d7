package io.anemone.orchestrator.time;

import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * The only wall clock of the service: the database's time. Orchestrators on hosts whose clocks differ by minutes so
 * mean the same by a deadline that one wrote and another reads.
 *
 * <p>Between two measurements time goes on by the host's monotonic clock, which nobody sets. A measurement says that
 * the database's time lies between two bounds, its round trip apart; the clock is moved only if it is outside of them,
 * and then no further than to the nearer one. So the shortest round trip decides, and time goes back by no more than
 * it must. While the database is away, the clock goes on from what it knew.
 */
@Singleton
@Typed({Clock.class, DatabaseClock.class})
public final class DatabaseClock extends Clock {

    private static final Logger LOG = Logger.getLogger(DatabaseClock.class);
    private static final int FIRST_MEASUREMENTS = 5;

    /** What is worth a line in the log. */
    private static final Duration LEAP = Duration.ofMillis(250);

    /** Asks the database for its time. */
    @FunctionalInterface
    interface Source {
        Instant now() throws SQLException;
    }

    private final Source database;
    private final LongSupplier nanoTime;

    /** Time at the monotonic clock's zero. */
    private volatile Instant origin;

    @Inject
    DatabaseClock(DataSource database) {
        this(() -> timeOf(database), System::nanoTime, Clock.systemUTC().instant());
        for (int i = 0; i < FIRST_MEASUREMENTS; i++) {
            measure();
        }
    }

    /** @param guess counts until the first measurement */
    DatabaseClock(Source database, LongSupplier nanoTime, Instant guess) {
        this.database = database;
        this.nanoTime = nanoTime;
        this.origin = guess.minusNanos(nanoTime.getAsLong());
    }

    /** Compares with the database, and corrects what is wrong. */
    public synchronized void measure() {
        try {
            long asked = nanoTime.getAsLong();
            Instant answer = database.now();
            long answered = nanoTime.getAsLong();
            Instant earliest = answer.minusNanos(answered);
            Instant latest = answer.minusNanos(asked);
            Instant before = origin;
            if (before.isBefore(earliest)) {
                origin = earliest;
            } else if (before.isAfter(latest)) {
                origin = latest;
            }
            Duration moved = Duration.between(before, origin);
            if (moved.abs().compareTo(LEAP) > 0) {
                LOG.infof("the clock is set to the database's time: moved by %s", moved);
            }
        } catch (SQLException e) {
            LOG.warnf("the database does not tell its time; the clock goes on by itself: %s", e.getMessage());
        }
    }

    /** In microseconds, as PostgreSQL keeps it: a finer instant would not equal itself once it was read back. */
    @Override
    public Instant instant() {
        return origin.plusNanos(nanoTime.getAsLong()).truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Always in UTC: nothing here is told in local time. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    private static Instant timeOf(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement question = connection.prepareStatement("select clock_timestamp()");
                ResultSet answer = question.executeQuery()) {
            answer.next();
            return answer.getObject(1, OffsetDateTime.class).toInstant();
        }
    }
}
