package io.anemone.orchestrator.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemMappersTest {

    private final ProblemMappers mappers = new ProblemMappers();

    private static Problem problem(Response response) {
        Problem problem = (Problem) response.getEntity();
        assertThat(response.getStatus()).isEqualTo(problem.status());
        assertThat(response.getMediaType()).hasToString("application/problem+json");
        return problem;
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void everyCode_hasItsStatusTitleAndType(ErrorCode code) {
        Problem problem = problem(mappers.refused(new AnemoneException(code, "Do this.")));

        assertThat(problem.status()).isEqualTo(code.httpStatus());
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.title()).isEqualTo(code.title());
        assertThat(problem.type())
                .isEqualTo("urn:anemone:problem:"
                        + code.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    @Test
    void unexpectedFailure_tellsNothingOfTheInside() {
        Problem problem = problem(mappers.unexpected(new IllegalStateException("password=hunter2")));

        assertThat(problem.code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(problem.instance()).startsWith("urn:uuid:");
        assertThat(problem.detail()).contains(problem.instance()).doesNotContain("hunter2", "IllegalState");
    }

    @Test
    void internalErrorWithAMessage_tellsNothingOfTheInside() {
        Problem problem = problem(mappers.refused(new AnemoneException(ErrorCode.INTERNAL, "table vm is broken")));

        assertThat(problem.detail()).doesNotContain("table");
        assertThat(problem.instance()).isNotNull();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"08001", "08006", "57P01", "57P03", "53300"})
    void databaseThatIsAway_isToldSo(String sqlState) {
        RuntimeException failure = new RuntimeException(new SQLException("no connection to db.internal", sqlState));

        Problem problem = problem(mappers.unexpected(failure));

        assertThat(problem.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
        assertThat(problem.detail()).doesNotContain("db.internal");
    }

    @Test
    void databaseThatWentAwayDuringTheCommit_isToldSo() {
        Exception rolledBack = new Exception("Could not commit transaction.");
        rolledBack.addSuppressed(new Exception("Error trying to commit", new SQLException("I/O error", "08006")));

        Problem problem = problem(mappers.unexpected(new RuntimeException(rolledBack)));

        assertThat(problem.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "42P01", "22001"})
    void databaseThatRefusesAStatement_isAnErrorOfOurs(String sqlState) {
        RuntimeException failure = new RuntimeException(new SQLException("duplicate key", sqlState));

        assertThat(problem(mappers.unexpected(failure)).code()).isEqualTo(ErrorCode.INTERNAL);
    }
}
