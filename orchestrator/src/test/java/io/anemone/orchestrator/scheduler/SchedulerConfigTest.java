package io.anemone.orchestrator.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SchedulerConfigTest {

    @Test
    void defaults() {
        SchedulerConfig config = Configs.of(SchedulerConfig.class, Map.of());

        assertThat(config.kind()).isEqualTo(SchedulerKind.SLURM_REST);
        assertThat(config.unmungeTimeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void mapping() {
        SchedulerConfig config = Configs.of(
                SchedulerConfig.class,
                Map.of("anemone.scheduler.kind", "local", "anemone.scheduler.unmunge-timeout", "1s"));

        assertThat(config.kind()).isEqualTo(SchedulerKind.LOCAL);
        assertThat(config.unmungeTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(Configs.of(SchedulerConfig.class, Map.of("anemone.scheduler.kind", "slurm-rest"))
                        .kind())
                .isEqualTo(SchedulerKind.SLURM_REST);
    }
}
