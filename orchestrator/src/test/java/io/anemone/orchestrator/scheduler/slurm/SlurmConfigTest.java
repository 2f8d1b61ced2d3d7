package io.anemone.orchestrator.scheduler.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.orchestrator.scheduler.Configs;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SlurmConfigTest {

    @Test
    void defaults() {
        SlurmConfig config = Configs.of(SlurmConfig.class, Map.of());

        assertThat(config.url()).isEqualTo(URI.create("http://localhost:6820"));
        assertThat(config.jwtKeyFile()).isEqualTo(Path.of("/etc/anemone/jwt_hs256.key"));
        assertThat(config.serviceUser()).isEqualTo("anemone");
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.answerTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.tokenLifetime()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.homeTemplate()).isEmpty();
        assertThat(config.output()).isEqualTo("/dev/null");
    }

    @Test
    void mapping() {
        SlurmConfig config = Configs.of(
                SlurmConfig.class,
                Map.of(
                        "anemone.slurm.url", "http://head:1234",
                        "anemone.slurm.jwt-key-file", "/key",
                        "anemone.slurm.service-user", "svc",
                        "anemone.slurm.connect-timeout", "1s",
                        "anemone.slurm.answer-timeout", "3s",
                        "anemone.slurm.token-lifetime", "20s",
                        "anemone.slurm.home-template", "/u/{user}",
                        "anemone.slurm.output", "{home}/%j.out"));

        assertThat(config.url()).isEqualTo(URI.create("http://head:1234"));
        assertThat(config.jwtKeyFile()).isEqualTo(Path.of("/key"));
        assertThat(config.serviceUser()).isEqualTo("svc");
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.answerTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.tokenLifetime()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.homeTemplate()).contains("/u/{user}");
        assertThat(config.output()).isEqualTo("{home}/%j.out");
    }
}
