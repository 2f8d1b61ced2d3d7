package io.anemone.orchestrator.history;

import io.anemone.orchestrator.instance.Heartbeat;
import io.anemone.orchestrator.instance.Instance;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Tells the other orchestrators of a commit, in its transaction: PostgreSQL passes it on if and when that commits. While
 * there is no other, it costs nothing.
 */
@ApplicationScoped
class Announcer {

    private final DataSource database;
    private final Heartbeat heartbeat;
    private final Instance self;

    Announcer(DataSource database, Heartbeat heartbeat, Instance self) {
        this.database = database;
        this.heartbeat = heartbeat;
        this.self = self;
    }

    void announce(Collection<Change> changes) {
        if (heartbeat.alone()) {
            return;
        }
        String[] announcements = changes.stream()
                .map(change -> Announcement.of(self.id(), change))
                .flatMap(Optional::stream)
                .map(Announcement::text)
                .toArray(String[]::new);
        if (announcements.length > 0) {
            send(announcements);
        }
    }

    /** On the transaction's own connection. */
    private void send(String[] announcements) {
        try (Connection connection = database.getConnection();
                PreparedStatement notify =
                        connection.prepareStatement("select pg_notify(?, text) from unnest(?::text[]) text")) {
            Array texts = connection.createArrayOf("text", announcements);
            notify.setString(1, Announcement.CHANNEL);
            notify.setArray(2, texts);
            notify.executeQuery().close();
        } catch (SQLException e) {
            throw new IllegalStateException("the other orchestrators cannot be told", e);
        }
    }
}
