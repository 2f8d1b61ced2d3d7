package io.anemone.core.audit;

import java.time.Instant;
import java.util.List;

/** What agents could not remove: I9. */
final class LeftoverCheck implements Check {

    private final AuditBounds bounds;

    LeftoverCheck(AuditBounds bounds) {
        this.bounds = bounds;
    }

    @Override
    public List<Suspicion> of(Facts facts, Instant now) {
        return facts.leftovers().stream()
                .map(left -> new Suspicion(
                        Invariant.I9,
                        List.of(Subject.of(left.id().vm()), Subject.of(left.by()), Subject.node(left.node())),
                        "Files of attempt " + left.id().attempt() + ", which is over, are still there.",
                        left.since(),
                        bounds.domain(),
                        new Healing.CleanUp()))
                .toList();
    }
}
