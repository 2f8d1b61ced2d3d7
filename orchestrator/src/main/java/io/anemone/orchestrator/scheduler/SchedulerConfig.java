package io.anemone.orchestrator.scheduler;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Which batch scheduler this site has. */
@ConfigMapping(prefix = "anemone.scheduler")
public interface SchedulerConfig {

    /** The adapter; {@code anemone.slurm.*} or {@code anemone.local.*} configure it. */
    @WithDefault("slurm-rest")
    SchedulerKind kind();

    /** How long munged may take to tell who made an agent's credential. */
    @WithDefault("5s")
    Duration unmungeTimeout();
}
