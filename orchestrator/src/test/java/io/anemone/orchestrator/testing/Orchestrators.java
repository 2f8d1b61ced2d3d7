package io.anemone.orchestrator.testing;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Other orchestrators on the database of the service under test, as far as they show in it. */
@Dependent
public class Orchestrators {

    private final EntityManager entities;
    private final String url;

    Orchestrators(EntityManager entities, @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url) {
        this.entities = entities;
        this.url = url;
    }

    /** Another one, which was last seen that long ago; one of tomorrow lives until {@link #allDie}. */
    public UUID another(int secondsAgo) {
        UUID id = UUID.randomUUID();
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery("""
                        insert into orchestrator (id, host, started_at, seen_at)
                        values (:id, 'elsewhere', now(), clock_timestamp() - make_interval(secs => :ago))""")
                        .setParameter("id", id)
                        .setParameter("ago", secondsAgo)
                        .executeUpdate());
        return id;
    }

    public void allDie() {
        execute("update orchestrator set seen_at = now() - interval '1 minute' where host = 'elsewhere'");
    }

    public boolean known(UUID id) {
        return QuarkusTransaction.requiringNew()
                .call(() -> !entities.createNativeQuery("select id from orchestrator where id = :id", UUID.class)
                        .setParameter("id", id)
                        .getResultList()
                        .isEmpty());
    }

    public int execute(String sql) {
        return QuarkusTransaction.requiringNew()
                .call(() -> entities.createNativeQuery(sql).executeUpdate());
    }

    public long count(String sql) {
        return QuarkusTransaction.requiringNew()
                .call(() -> (Long) entities.createNativeQuery(sql, Long.class).getSingleResult());
    }

    /** A connection of another one's. */
    public Connection connection() throws SQLException {
        return DriverManager.getConnection(url, "postgres", "");
    }
}
