package io.anemone.orchestrator.effect;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the outbox is worked off. */
@ConfigMapping(prefix = "anemone.effects")
public interface EffectConfig {

    /** How often to look for effects without being told of one. */
    @WithDefault("PT1S")
    Duration interval();

    /** How long a claimed effect is left alone; longer than any call to the scheduler takes. */
    @WithDefault("PT30S")
    Duration claim();

    /** Wait before the second try; doubles with each further one. */
    @WithDefault("PT1S")
    Duration firstRetry();

    /** Longest wait between two tries. */
    @WithDefault("PT15S")
    Duration lastRetry();

    /** How many effects may be under way at once. */
    @WithDefault("16")
    int parallel();
}
