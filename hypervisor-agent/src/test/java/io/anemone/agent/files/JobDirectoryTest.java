package io.anemone.agent.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anemone.agent.AgentConfig;
import io.anemone.agent.CacheConfig;
import io.anemone.agent.Guests;
import io.anemone.core.wire.AgentMode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobDirectoryTest {

    @TempDir
    Path parent;

    private AgentConfig config(Path state, AgentMode mode) {
        return new AgentConfig(
                List.of(URI.create("http://127.0.0.1:1")),
                mode,
                "77",
                "n1",
                null,
                state,
                state,
                CacheConfig.of(Map.of(), state),
                state,
                null,
                state.resolve("vendor-data"),
                Duration.ofMinutes(5),
                false);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void sessionMode_nobodyElseMayEnter() throws IOException {
        // When
        JobDirectory directory = JobDirectory.open(config(parent, AgentMode.SESSION));
        directory.keepSecret("lease", "secret");

        // Then
        assertThat(mode(directory.path())).isEqualTo("rwx------");
        assertThat(mode(directory.path().resolve("session"))).isEqualTo("rw-------");
        assertThat(directory.secret()).contains(List.of("lease", "secret"));
    }

    @Test
    void directoryOfAnEarlierAgent_isTakenOverEvenWithoutItsSecret() throws IOException {
        // Given
        AgentConfig config = config(parent, AgentMode.SESSION);
        JobDirectory first = JobDirectory.open(config);

        // When
        JobDirectory second = JobDirectory.open(config);

        // Then
        assertThat(first.takenOver()).isFalse();
        assertThat(second.takenOver()).isTrue();
        assertThat(second.secret()).isEmpty();
    }

    @Test
    void systemMode_othersMayPassThroughButNotLook() throws IOException {
        // When
        JobDirectory directory = JobDirectory.open(config(parent, AgentMode.SYSTEM));

        // Then
        assertThat(mode(directory.path())).isEqualTo("rwx--x--x");
        assertThat(mode(directory.makeFor(Guests.id()))).isEqualTo("rwx--x--x");
    }

    @Test
    void openedAgain_keepsWhatWasThere() throws IOException {
        // Given
        JobDirectory.open(config(parent, AgentMode.SESSION)).keepSecret("lease", "secret");

        // When
        JobDirectory again = JobDirectory.open(config(parent, AgentMode.SESSION));

        // Then
        assertThat(again.secret()).isPresent();
    }

    @Test
    void linkInItsPlace_isRefused() throws IOException {
        // Given
        Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
        Files.createSymbolicLink(parent.resolve("job-77"), elsewhere);

        // When, Then
        assertThatThrownBy(() -> JobDirectory.open(config(parent, AgentMode.SESSION)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("belongs to somebody else");
    }

    @Test
    void socketPathsWouldBeTooLong_isRefusedWithAdvice() {
        // Given
        Path longPath = parent.resolve("x".repeat(80));

        // When, Then
        assertThatThrownBy(() -> JobDirectory.open(config(longPath, AgentMode.SESSION)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ANEMONE_STATE_DIR");
    }

    @Test
    void removed_nothingIsLeft() throws IOException {
        // Given
        JobDirectory directory = JobDirectory.open(config(parent, AgentMode.SESSION));
        Files.writeString(directory.makeFor(Guests.id()).resolve("seed.iso"), "x");

        // When
        directory.remove();

        // Then
        assertThat(parent).isEmptyDirectory();
    }
}
