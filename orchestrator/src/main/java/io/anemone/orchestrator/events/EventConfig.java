package io.anemone.orchestrator.events;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Live updates. */
@ConfigMapping(prefix = "anemone.events")
public interface EventConfig {

    /** How often a stream says that it is alive, and looks whether its log-in still is. */
    @WithDefault("PT15S")
    Duration ping();

    /** How many updates a reader may be behind before it is dropped. */
    @WithDefault("256")
    int backlog();
}
