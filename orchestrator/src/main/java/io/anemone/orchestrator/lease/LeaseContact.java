package io.anemone.orchestrator.lease;

import java.time.Duration;
import java.time.Instant;

/**
 * What is known of the connection to a lease's agent.
 *
 * @param epoch     of the newest accepted connection; 0 before the first
 * @param connected whether that connection stands, to whichever orchestrator
 * @param since     when that last changed
 */
public record LeaseContact(long epoch, boolean connected, Instant since) {

    /** How long an agent may be away before people are told. */
    public static final Duration PATIENCE = Duration.ofSeconds(15);

    boolean lost(Instant now) {
        return !connected && epoch > 0 && since.plus(PATIENCE).isBefore(now);
    }
}
