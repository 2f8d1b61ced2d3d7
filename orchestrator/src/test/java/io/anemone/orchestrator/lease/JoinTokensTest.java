package io.anemone.orchestrator.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anemone.core.lease.LeaseId;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinTokensTest {

    private static final LeaseId LEASE = new LeaseId(new UUID(1, 2));

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path directory;

    private JoinTokens tokens(Path keyFile) {
        return new JoinTokens(new Config(keyFile));
    }

    private record Config(Path tokenKeyFile) implements AgentConfig {
        @Override
        public List<URI> urls() {
            return List.of();
        }

        @Override
        public String command() {
            return "/agent";
        }

        @Override
        public MemorySize memoryOverhead() {
            return new MemorySize(BigInteger.ZERO);
        }

        @Override
        public List<String> cacheTrusted() {
            return List.of();
        }

        @Override
        public Duration shutdownGrace() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Duration stopGrace() {
            return Duration.ZERO;
        }

        @Override
        public Duration silence() {
            return Duration.ZERO;
        }
    }

    @Test
    void sameKeyAndLease_givesTheSameToken_afterARestartToo() {
        // Given
        Path file = directory.resolve("sub/key");
        String token = tokens(file).tokenOf(LEASE);

        // Then
        assertThat(tokens(file).tokenOf(LEASE)).isEqualTo(token);
        assertThat(tokens(file).matches(LEASE, token)).isTrue();
        assertThat(token).matches("[A-Za-z0-9_-]{43}");
    }

    @Test
    void otherLease_otherKey_orNoToken_doNotMatch() {
        // Given
        JoinTokens tokens = tokens(directory.resolve("key"));
        String token = tokens.tokenOf(LEASE);

        // Then
        assertThat(tokens.matches(new LeaseId(new UUID(1, 3)), token)).isFalse();
        assertThat(tokens(directory.resolve("other")).matches(LEASE, token)).isFalse();
        assertThat(tokens.matches(LEASE, "")).isFalse();
    }

    @Test
    void madeKey_isForItsOwnerOnly_andNothingElseIsLeft() throws IOException {
        // When
        tokens(directory.resolve("key")).tokenOf(LEASE);

        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("key"))))
                .isEqualTo("rw-------");
        assertThat(directory).isDirectoryContaining("glob:**key");
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void shortKey_isRefused() throws IOException {
        // Given
        Path file = Files.writeString(directory.resolve("key"), "hunter2");

        // Then
        assertThatThrownBy(() -> tokens(file))
                .hasMessageContaining("anemone.agent.token-key-file")
                .hasMessageNotContaining("hunter2");
    }
}
