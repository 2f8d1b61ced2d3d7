package io.anemone.orchestrator.audit;

import io.anemone.core.audit.Invariant;
import io.anemone.core.audit.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The newest audit, for everybody who asks. An audit that is old, or that never was, vouches for nothing. */
@ApplicationScoped
class AuditBoard {

    private static final int HEALED = 50;

    private final Clock clock;
    private final AuditConfig config;
    private volatile Board board = new Board(null, Map.of(), List.of(), List.of());

    /** @param unknown what could not be judged, and why */
    private record Board(
            @Nullable Instant checkedAt,
            Map<Invariant, String> unknown,
            List<StoredViolation> open,
            List<StoredViolation> healed) {}

    AuditBoard(Clock clock, AuditConfig config) {
        this.clock = clock;
        this.config = config;
    }

    void put(List<Verdict> verdicts, ViolationStore violations, Instant checkedAt) {
        Map<Invariant, String> unknown = new EnumMap<>(Invariant.class);
        verdicts.forEach(verdict -> {
            String why = verdict.unknown();
            if (why != null) {
                unknown.put(verdict.invariant(), why);
            }
        });
        board = new Board(checkedAt, unknown, violations.open(), violations.healed(HEALED));
    }

    /** When the site was last looked at in full; null if it never was by this process. */
    @Nullable
    Instant checkedAt() {
        return board.checkedAt();
    }

    /** Why it is not known whether the invariant holds; null if it is. */
    @Nullable
    String unknown(Invariant invariant) {
        Instant checkedAt = board.checkedAt();
        if (checkedAt == null) {
            return "The audit has not run yet.";
        }
        if (checkedAt.plus(config.stale()).isBefore(clock.instant())) {
            return "The audit could not be made since " + checkedAt + ": the log says why.";
        }
        return board.unknown().get(invariant);
    }

    List<StoredViolation> open(Invariant invariant) {
        return board.open().stream()
                .filter(violation -> violation.invariant() == invariant)
                .toList();
    }

    /** The newest first. */
    List<StoredViolation> healed() {
        return board.healed();
    }
}
