package io.anemone.orchestrator.history;

import io.anemone.orchestrator.instance.GivenUp;
import io.anemone.orchestrator.instance.Heartbeat;
import io.anemone.orchestrator.instance.Instance;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Hears what other orchestrators commit, by LISTEN on a connection of its own, which it opens again when it breaks.
 * What was told meanwhile nobody repeats: so each beginning is a {@link Change.Anything}.
 */
@ApplicationScoped
class Hearing {

    private static final Logger LOG = Logger.getLogger(Hearing.class);
    private static final int LOOK_MILLIS = 5_000;
    private static final Duration FIRST_WAIT = Duration.ofMillis(250);
    private static final Duration LAST_WAIT = Duration.ofSeconds(5);

    private final ListenConnection connections;
    private final Changes changes;
    private final Heartbeat heartbeat;
    private final Instance self;
    private final Thread thread = Thread.ofPlatform().daemon().name("hearing").unstarted(this::run);

    Hearing(ListenConnection connections, Changes changes, Heartbeat heartbeat, Instance self) {
        this.connections = connections;
        this.changes = changes;
        this.heartbeat = heartbeat;
        this.self = self;
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        thread.interrupt();
    }

    /** Who was taken for dead was told nothing. */
    void missed(@Observes GivenUp event) {
        changes.heard(new Change.Anything());
    }

    private void run() {
        Duration wait = FIRST_WAIT;
        while (!Thread.currentThread().isInterrupted()) {
            try (Connection connection = connections.open()) {
                begin(connection);
                wait = FIRST_WAIT;
                while (!Thread.currentThread().isInterrupted()) {
                    hear(connection);
                }
            } catch (SQLException e) {
                LOG.warnf("other orchestrators are not heard; trying again: %s", e.getMessage());
            }
            try {
                Thread.sleep(wait);
            } catch (InterruptedException e) {
                return;
            }
            wait = wait.multipliedBy(2).compareTo(LAST_WAIT) < 0 ? wait.multipliedBy(2) : LAST_WAIT;
        }
    }

    private void begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + Announcement.CHANNEL);
        }
        try (PreparedStatement notify = connection.prepareStatement("select pg_notify(?, ?)")) {
            notify.setString(1, Announcement.CHANNEL);
            notify.setString(2, new Announcement(self.id(), Announcement.HERE).text());
            notify.executeQuery().close();
        }
        changes.heard(new Change.Anything());
    }

    /** A question now and then shows whether anybody is at the other end. */
    private void hear(Connection connection) throws SQLException {
        PGNotification[] heard = connection.unwrap(PGConnection.class).getNotifications(LOOK_MILLIS);
        if (heard == null || heard.length == 0) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("select 1");
            }
            return;
        }
        for (PGNotification notification : heard) {
            Announcement.parse(notification.getParameter())
                    .filter(announcement -> !announcement.from().equals(self.id()))
                    .ifPresent(this::take);
        }
    }

    private void take(Announcement announcement) {
        if (announcement.about().equals(Announcement.HERE)) {
            heartbeat.look();
        }
        announcement.change().ifPresent(changes::heard);
    }
}
