package io.anemone.orchestrator.node;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How nodes and partitions are looked at. */
@ConfigMapping(prefix = "anemone.nodes")
public interface NodeConfig {

    /** How old a description of the cluster may be before a newer one is asked for. */
    @WithDefault("PT10S")
    Duration refresh();

    /** How long the first request waits for the first description. */
    @WithDefault("PT5S")
    Duration patience();
}
