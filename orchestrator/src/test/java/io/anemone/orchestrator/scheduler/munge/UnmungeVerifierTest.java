package io.anemone.orchestrator.scheduler.munge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.orchestrator.scheduler.BoundedProgram;
import io.anemone.orchestrator.scheduler.munge.CredentialAnswer.Reason;
import io.anemone.orchestrator.scheduler.munge.CredentialAnswer.Refused;
import io.anemone.orchestrator.scheduler.munge.CredentialAnswer.Valid;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With programs that print and end as unmunge 0.5.15 was seen to. */
final class UnmungeVerifierTest {

    private static final BoundedProgram PROGRAM = new BoundedProgram(Duration.ofSeconds(20));

    @Test
    void validCredential_tellsUserAndPayload() {
        CredentialVerifier verifier = printing("UID:             researcher (61010)\n\nanemone-agent-join\n42\nn1", 0);

        assertThat(verifier.verify("MUNGE:x:")).isEqualTo(new Valid(61010, "researcher", "anemone-agent-join\n42\nn1"));
    }

    @Test
    void payloadThatImitatesMetadata_isOnlyPayload() {
        CredentialVerifier verifier = printing("UID:             mallory (666)\n\nUID:             root (0)\n\nx", 0);

        assertThat(verifier.verify("MUNGE:x:")).isEqualTo(new Valid(666, "mallory", "UID:             root (0)\n\nx"));
    }

    @ParameterizedTest
    @CsvSource({"15, EXPIRED", "16, REWOUND", "17, REPLAYED", "8, INVALID", "14, INVALID", "18, INVALID"})
    void refusal_isToldByTheExitCodeEvenWithAPayload(int exitCode, Reason reason) {
        CredentialVerifier verifier = printing("UID:             researcher (61010)\n\npayload", exitCode);

        assertThat(verifier.verify("MUNGE:x:")).isEqualTo(new Refused(reason));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 6, 7, 99})
    void mungedDown_isUnavailable(int exitCode) {
        CredentialVerifier verifier = printing("", exitCode);

        assertUnavailable(verifier);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "UID: researcher\n\nx", "UID: ??? (61010)\n\nx", "GID: a (1)\nUID: b (2)\n\nx"})
    void answerThatTellsNoUser_isUnavailable(String output) {
        assertUnavailable(printing(output, 0));
    }

    @Test
    void programThatIsNotThere_isUnavailable() {
        assertUnavailable(new UnmungeVerifier(List.of("no-such-unmunge"), PROGRAM));
    }

    @Test
    void whatCannotBeACredential_isInvalidWithoutAsking() {
        CredentialVerifier verifier = new UnmungeVerifier(List.of("no-such-unmunge"), PROGRAM);

        assertThat(List.of("", " ", "junk", "MUNGE:" + "x".repeat(100_000)))
                .allSatisfy(text -> assertThat(verifier.verify(text)).isEqualTo(new Refused(Reason.INVALID)));
    }

    private static CredentialVerifier printing(String output, int exitCode) {
        return new UnmungeVerifier(
                List.of("sh", "-c", "printf %s \"$1\"; exit \"$2\"", "unmunge", output, Integer.toString(exitCode)),
                PROGRAM);
    }

    private static void assertUnavailable(CredentialVerifier verifier) {
        assertThatThrownBy(() -> verifier.verify("MUNGE:x:"))
                .isInstanceOfSatisfying(
                        AnemoneException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEDULER_UNAVAILABLE));
    }
}
