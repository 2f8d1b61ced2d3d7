package io.anemone.agent.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleSearchTest {

    @TempDir
    Path directory;

    private Path log = Path.of("");

    @BeforeEach
    void name() {
        log = directory.resolve("console.log");
    }

    private void writes(String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void noLogYet_isNoEvidence() {
        assertThat(new ConsoleSearch(log, "ready").found()).isFalse();
    }

    @Test
    void textThatComesInPieces_isFoundAndStaysFound() throws IOException {
        // Given
        ConsoleSearch search = new ConsoleSearch(log, "system is up");
        writes("booting... sys");
        assertThat(search.found()).isFalse();

        // When
        writes("system is ");
        assertThat(search.found()).isFalse();
        writes("up now");

        // Then
        assertThat(search.found()).isTrue();
        Files.delete(log);
        assertThat(search.found()).isTrue();
    }

    @Test
    void beginningsThatOverlap_areNotMissed() throws IOException {
        writes("aabaabaaab");
        assertThat(new ConsoleSearch(log, "aabaaab").found()).isTrue();
        assertThat(new ConsoleSearch(log, "aabb").found()).isFalse();
    }

    @Test
    void logThatIsBegunAnew_isReadFromItsBeginning() throws IOException {
        // Given
        ConsoleSearch search = new ConsoleSearch(log, "ready");
        writes("x".repeat(1000) + "rea");
        assertThat(search.found()).isFalse();

        // When
        Files.writeString(log, "dy", StandardOpenOption.TRUNCATE_EXISTING);

        // Then
        assertThat(search.found()).isFalse();
        writes(" ready");
        assertThat(search.found()).isTrue();
    }

    @Test
    void muchOutput_isReadInPieces() throws IOException {
        // Given
        ConsoleSearch search = new ConsoleSearch(log, "é ready");
        writes("é".repeat(400_000) + " ready");

        // When
        int looks = 1;
        while (!search.found() && looks < 10) {
            looks++;
        }

        // Then
        assertThat(looks).isBetween(2, 5);
    }
}
