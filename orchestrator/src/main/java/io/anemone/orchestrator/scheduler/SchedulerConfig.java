package io.anemone.orchestrator.scheduler;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which batch scheduler this site has. */
@ConfigMapping(prefix = "anemone.scheduler")
public interface SchedulerConfig {

    /** The adapter; {@code anemone.slurm.*} or {@code anemone.local.*} configure it. */
    @WithDefault("slurm-rest")
    SchedulerKind kind();
}
