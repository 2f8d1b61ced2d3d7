package io.anemone.orchestrator.lease;

import io.anemone.core.lease.LeaseLimits;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the transitional phases of a lease may last. */
@ConfigMapping(prefix = "anemone.lease")
public interface LeaseConfig {

    /** Until the outbox is asked again about a submit. */
    @WithDefault("PT30S")
    Duration submitTimeout();

    /** From the job's start until its agent has joined. */
    @WithDefault("PT2M")
    Duration startTimeout();

    /** Until the job of a lease that was given back is cancelled. */
    @WithDefault("PT15S")
    Duration releaseTimeout();

    default LeaseLimits limits() {
        return new LeaseLimits(submitTimeout(), startTimeout(), releaseTimeout());
    }
}
