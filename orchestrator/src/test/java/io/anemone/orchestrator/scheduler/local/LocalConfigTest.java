package io.anemone.orchestrator.scheduler.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.orchestrator.scheduler.Configs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LocalConfigTest {

    @Test
    void defaults() {
        LocalConfig config = Configs.of(LocalConfig.class, Map.of());

        assertThat(config.stateDir()).isEqualTo(Path.of("/home/me/.local/state/anemone/jobs"));
        assertThat(config.node()).isEqualTo("localhost");
        assertThat(config.cores()).isEmpty();
        assertThat(config.memory()).isEmpty();
        assertThat(config.killWait()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.remember()).isEqualTo(Duration.ofMinutes(5));
        assertThat(LocalMachine.of(config).cores()).isPositive();
        assertThat(LocalMachine.of(config).memoryMiB()).isPositive();
    }

    @Test
    void mapping() {
        LocalConfig config = Configs.of(
                LocalConfig.class,
                Map.of(
                        "anemone.local.state-dir", "/jobs",
                        "anemone.local.node", "me",
                        "anemone.local.cores", "3",
                        "anemone.local.memory", "2G",
                        "anemone.local.kill-wait", "1s",
                        "anemone.local.remember", "1m"));

        assertThat(config.stateDir()).isEqualTo(Path.of("/jobs"));
        assertThat(config.node()).isEqualTo("me");
        assertThat(config.killWait()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.remember()).isEqualTo(Duration.ofMinutes(1));
        assertThat(LocalMachine.of(config)).isEqualTo(new LocalMachine(3, 2048));
    }
}
