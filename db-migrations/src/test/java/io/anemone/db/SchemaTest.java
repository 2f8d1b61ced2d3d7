package io.anemone.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaTest {

    private static final String LEASE_COLUMNS =
            "insert into lease (id, path, owner, cores, memory_mib, walltime_seconds, exclusive, phase,"
                    + " contact_changed_at, created_at, since, version";
    private static final String LEASE_VALUES =
            ") values (gen_random_uuid(), 'SCHEDULED', 'ada', 1, 512, 3600, false, 'REQUESTED', now(), now(), now(), 0";
    private static final String VM_COLUMNS =
            "insert into vm (id, name, owner, path, image, vcpus, memory_mib, ssh_keys, labels, goal, phase, attempt,"
                    + " warnings, created_at, version, need_cpu_percent, need_memory_mib";
    private static final String VM_VALUES =
            ") values (gen_random_uuid(), 'web', 'ada', 'SCHEDULED', 'micro', 1, 512, '{}', '{}', 'RUN', 'PENDING', 1,"
                    + " '{}', now(), 0, 100, 640";

    @SuppressWarnings("NullAway.Init") // before all tests
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void migrate() throws IOException {
        postgres = EmbeddedPostgres.start();
        assertThat(flyway().migrate().migrationsExecuted).isPositive();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    private static Flyway flyway() {
        return Flyway.configure().dataSource(postgres.getPostgresDatabase()).load();
    }

    @Test
    void migratedTwice_secondIsANoOp() {
        // When
        int executed = flyway().migrate().migrationsExecuted;

        // Then
        assertThat(executed).isZero();
        assertThatCode(() -> flyway().validate()).doesNotThrowAnyException();
    }

    @Test
    void freshDatabase_hasOnePoolThatHoldsNothing() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet pools = statement.executeQuery("select name, leases from pool")) {
            assertThat(pools.next()).isTrue();
            assertThat(pools.getString(1)).isEqualTo("default");
            assertThat(pools.getInt(2)).isZero();
            assertThat(pools.next()).isFalse();
        }
    }

    @Test
    void plainRows_areTaken() {
        assertThatCode(() -> execute(LEASE_COLUMNS + LEASE_VALUES + ")")).doesNotThrowAnyException();
        assertThatCode(() -> execute(VM_COLUMNS + VM_VALUES + ")")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "update vm set phase = 'SLEEPING', lease_id = (select id from lease limit 1) | vm_phase_check",
                "update vm set goal = 'HIBERNATE'                       | vm_goal_check",
                "update vm set phase = 'SUSPENDED'                      | vm_suspended_has_something_saved",
                "update vm set saving_asked_at = now()                 | vm_suspending_was_asked_for",
                "update vm set saved_attempt = 0                        | vm_saved_attempt_check",
                "update vm set path = 'MAGIC'                           | vm_path_check",
                "update vm set name = 'two words'                       | vm_name_check",
                "update vm set vcpus = 0                                | vm_vcpus_check",
                "update vm set memory_mib = 1                           | vm_memory_mib_check",
                "update vm set attempt = 0                              | vm_attempt_check",
                "update vm set phase = 'RUNNING'                        | vm_on_a_lease_names_it",
                "update vm set phase = 'STOPPED'                        | vm_stopped_has_a_reason",
                "update vm set phase = 'FAILED'                         | vm_failed_has_a_code",
                "update vm set stop_reason = 'BORED'                    | vm_stop_reason_check",
                "update vm set lease_id = gen_random_uuid()             | vm_lease_id_fkey",
                "update vm set idempotency_key = 'k'                    | vm_key_has_a_hash",
                "update vm set idempotency_key = 'k', request_hash = '' | vm_idempotency_key",
                "update lease set phase = 'LOST'                        | lease_phase_check",
                "update lease set phase = 'RELEASED'                    | lease_over_has_an_end",
                "update lease set phase = 'ACTIVE'                      | lease_active_has_a_grant",
                "update lease set secret_hash = 'short'                 | lease_secret_hash_check",
                "update pool set leases = -1                            | pool_leases_check"
            })
    void wrongRow_isRefusedBy(String sql, String constraint) throws SQLException {
        // Given
        execute("delete from vm");
        execute("delete from lease");
        execute(LEASE_COLUMNS + LEASE_VALUES + ")");
        execute(VM_COLUMNS + VM_VALUES + ")");
        execute(VM_COLUMNS + VM_VALUES + ")");

        // Then
        assertThatThrownBy(() -> execute(sql))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining('"' + constraint + '"');
    }

    @Test
    void sameDirectJobTwice_isRefused() throws SQLException {
        // Given
        String direct = LEASE_COLUMNS + ", job_id, job_submitted_at"
                + LEASE_VALUES.replace("SCHEDULED", "DIRECT")
                + ", '77', timestamptz '2026-01-01 00:00:00Z')";
        execute(direct);

        // Then
        assertThatThrownBy(() -> execute(direct)).hasMessageContaining("lease_of_direct_job");
        assertThatCode(() -> execute(direct.replace("2026-01-01", "2026-01-02")))
                .doesNotThrowAnyException();
    }

    @Test
    void sameEffectTwice_isOneRow() throws SQLException {
        // Given
        execute(LEASE_COLUMNS + LEASE_VALUES + ")");
        String effect = "insert into effect (kind, lease_id, due_at, created_at)"
                + " select 'SUBMIT_JOB', id, now(), now() from lease where path = 'SCHEDULED' limit 1";
        execute(effect);

        // Then
        assertThatThrownBy(() -> execute(effect)).hasMessageContaining("effect_once");
        assertThatThrownBy(() -> execute(effect.replace("SUBMIT_JOB", "CANCEL_JOB")))
                .hasMessageContaining("effect_names_its_job");
        execute("delete from effect");
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
