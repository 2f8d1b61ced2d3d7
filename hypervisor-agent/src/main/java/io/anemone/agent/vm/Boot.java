package io.anemone.agent.vm;

import io.anemone.core.image.ReadinessProbe;
import java.time.Instant;

/**
 * A guest's way from a running domain to the evidence that it can be used.
 *
 * @param since when the domain was first seen running
 */
record Boot(ReadinessProbe probe, ReadinessCheck.Looks looks, Instant since) {

    /** There is the evidence. Takes as long as a look. */
    boolean over() {
        return looks.ready();
    }

    /** Its deadline has passed. */
    boolean late(Instant now) {
        return now.isAfter(since.plus(probe.timeout()));
    }

    /**
     * Nothing of its owner's runs in it yet, and it would not hear that it shall shut down. One that is late may be up
     * without an answer to the probe.
     */
    boolean lasts(Instant now) {
        return comesEarly() && !late(now) && !over();
    }

    /** Whether the evidence comes before anything of the owner's runs. */
    private boolean comesEarly() {
        return switch (probe.kind()) {
            case SSH, AGENT, NONE -> true;
            // The owner's scripts may run for long before it, in a guest that hears a shutdown.
            case CONSOLE, CLOUD_INIT -> false;
        };
    }

    /** What a person is told when it is late. */
    String complaint() {
        return "not ready after " + probe.timeout().toSeconds() + " s: " + probe.missing()
                + "; look at its console log";
    }
}
