package io.anemone.orchestrator.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BoundedProgramTest {

    private final BoundedProgram program = new BoundedProgram(Duration.ofSeconds(20));

    @Test
    void inputGoesIn_outputAndExitCodeComeOut() throws Exception {
        BoundedProgram.Result result = program.run(List.of("sh", "-c", "cat; exit 3"), "a\nb");

        assertThat(result).isEqualTo(new BoundedProgram.Result(3, "a\nb"));
    }

    @Test
    void programThatReadsNothing_isNoFailure() throws Exception {
        assertThat(program.run(List.of("true"), "x".repeat(1_000_000)).exitCode())
                .isZero();
    }

    @Test
    void programThatTakesTooLong_isEnded() {
        BoundedProgram impatient = new BoundedProgram(Duration.ofMillis(200));

        assertThatThrownBy(() -> impatient.run(List.of("sleep", "600"), ""))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("sleep did not end within 200 ms");
    }

    @Test
    void childThatKeepsThePipeOpen_isNotWaitedFor() {
        BoundedProgram impatient = new BoundedProgram(Duration.ofMillis(300));

        // Whether the output counts as ended depends on who is first, reader or reaper; neither waits for the child.
        assertTimeoutPreemptively(
                Duration.ofSeconds(4),
                () -> catchThrowable(() -> impatient.run(List.of("sh", "-c", "sleep 5 & exit 0"), "")));
    }

    @Test
    void programThatIsNotThere_isAnIoException() {
        assertThatThrownBy(() -> program.run(List.of("no-such-program"), "")).isInstanceOf(IOException.class);
    }
}
