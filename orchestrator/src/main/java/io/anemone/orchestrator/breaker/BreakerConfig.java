package io.anemone.orchestrator.breaker;

import io.anemone.core.breaker.BreakerLimits;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When a node, an image or a partition is given a rest. */
@ConfigMapping(prefix = "anemone.breakers")
public interface BreakerConfig {

    /** Failed starts in a row after which nothing more is started there. */
    @WithDefault("3")
    int failures();

    /** For how long the first time; doubles with each further failure. */
    @WithDefault("PT2M")
    Duration pause();

    /** For how long at most without another try. */
    @WithDefault("PT1H")
    Duration longest();

    /** The account whose jobs run nobody's code: that of the pools. */
    @WithDefault("${anemone.slurm.service-user:anemone}")
    String serviceUser();

    default BreakerLimits limits() {
        return new BreakerLimits(failures(), pause(), longest());
    }
}
