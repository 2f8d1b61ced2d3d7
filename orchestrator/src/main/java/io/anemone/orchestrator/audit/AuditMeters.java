package io.anemone.orchestrator.audit;

import io.anemone.core.audit.Invariant;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** How many violations there are of each invariant, and how old the oldest is. What is not known is no number. */
@ApplicationScoped
class AuditMeters {

    private final AuditBoard board;
    private final Clock clock;
    private final MeterRegistry meters;

    AuditMeters(AuditBoard board, Clock clock, MeterRegistry meters) {
        this.board = board;
        this.clock = clock;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        for (Invariant invariant : Invariant.values()) {
            Tags tags = Tags.of("invariant", invariant.name());
            meters.gauge("anemone.invariant.violations", tags, invariant, this::count);
            meters.gauge("anemone.invariant.oldest.age.seconds", tags, invariant, this::oldest);
        }
    }

    private double count(Invariant invariant) {
        List<StoredViolation> open = board.open(invariant);
        return open.isEmpty() && board.unknown(invariant) != null ? Double.NaN : open.size();
    }

    private double oldest(Invariant invariant) {
        return board.open(invariant).stream()
                .mapToDouble(violation ->
                        Duration.between(violation.since(), clock.instant()).toMillis() / 1000.0)
                .max()
                .orElse(board.unknown(invariant) == null ? 0 : Double.NaN);
    }
}
