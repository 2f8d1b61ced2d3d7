package io.anemone.orchestrator.identity;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;

/** Log-ins, in PostgreSQL, so that a restart logs nobody out. */
@ApplicationScoped
class SessionStore {

    private final DataSource database;

    SessionStore(DataSource database) {
        this.database = database;
    }

    /** Also forgets what has expired. */
    void create(SessionToken token, Account account, Instant now, Instant expiresAt) {
        update("delete from account_session where expires_at <= ?", now);
        update(
                "insert into account_session (token_hash, account, role, expires_at) values (?, ?, ?, ?)",
                token.hash(),
                account.name(),
                account.role().text(),
                expiresAt);
    }

    /** The account that the log-in with this token hash is of. */
    Optional<String> account(byte[] hash, Instant now) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "select account from account_session where token_hash = ? and expires_at > ?")) {
            bind(statement, hash, now);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new SessionStoreException(e);
        }
    }

    void delete(SessionToken token) {
        update("delete from account_session where token_hash = ?", (Object) token.hash());
    }

    private void update(String sql, Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new SessionStoreException(e);
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i] instanceof Instant at ? OffsetDateTime.ofInstant(at, ZoneOffset.UTC) : values[i];
            statement.setObject(i + 1, value);
        }
    }

    /** The database did not answer as it must. */
    static final class SessionStoreException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SessionStoreException(SQLException cause) {
            super("log-ins cannot be read or written", cause);
        }
    }
}
