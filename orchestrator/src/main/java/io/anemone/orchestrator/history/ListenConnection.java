package io.anemone.orchestrator.history;

import io.anemone.orchestrator.instance.Instance;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Connections outside the pool, which would take one that is in use for ever from everybody else. The others also see by
 * it that this process lives.
 */
@ApplicationScoped
class ListenConnection {

    private static final String TIME_LIMIT_SECONDS = "10";

    private final String url;
    private final Optional<String> user;
    private final Optional<String> password;
    private final Instance self;

    ListenConnection(
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") Optional<String> user,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password,
            Instance self) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.self = self;
    }

    Connection open() throws SQLException {
        Properties properties = new Properties();
        user.ifPresent(name -> PGProperty.USER.set(properties, name));
        password.ifPresent(secret -> PGProperty.PASSWORD.set(properties, secret));
        PGProperty.APPLICATION_NAME.set(properties, self.session());
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.CONNECT_TIMEOUT.set(properties, TIME_LIMIT_SECONDS);
        PGProperty.SOCKET_TIMEOUT.set(properties, TIME_LIMIT_SECONDS);
        Connection connection = new Driver().connect(url, properties);
        if (connection == null) {
            throw new SQLException("not a URL of PostgreSQL: " + url);
        }
        return connection;
    }
}
