package io.anemone.orchestrator.time;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** The only wall clock of the service. */
@ApplicationScoped
final class ClockProducer {

    /** PostgreSQL keeps microseconds: a finer instant would not equal itself once it was read back. */
    private static final Duration TICK = Duration.ofNanos(1_000);

    @Produces
    @Singleton
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), TICK);
    }
}
