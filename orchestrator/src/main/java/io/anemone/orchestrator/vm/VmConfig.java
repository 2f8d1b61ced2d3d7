package io.anemone.orchestrator.vm;

import io.anemone.core.vm.VmLimits;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the transitional phases of a VM may last and how often it is tried. */
@ConfigMapping(prefix = "anemone.vm")
public interface VmConfig {

    /** From being placed until the domain runs. */
    @WithDefault("PT5M")
    Duration startTimeout();

    /** Until a VM that is being stopped is asked about again. */
    @WithDefault("PT60S")
    Duration stopTimeout();

    /** Until a VM that is being suspended is asked about again; only its agent gives it up. */
    @WithDefault("PT10M")
    Duration suspendTimeout();

    /** Attempts in all, when nodes fail. */
    @WithDefault("3")
    int attempts();

    /** Wait before the second attempt; doubles with each further one. */
    @WithDefault("PT2S")
    Duration retryDelay();

    default VmLimits limits() {
        return new VmLimits(startTimeout(), stopTimeout(), suspendTimeout(), attempts(), retryDelay());
    }
}
