package io.anemone.core.audit;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What agents could not remove, and what waits for one that can: I9. */
final class LeftoverCheck implements Check {

    private final AuditBounds bounds;

    LeftoverCheck(AuditBounds bounds) {
        this.bounds = bounds;
    }

    @Override
    public List<Suspicion> of(Facts facts, Instant now) {
        Stream<Suspicion> left = facts.leftovers().stream().map(this::left);
        Stream<Suspicion> kept = facts.records().kept().stream().map(this::kept);
        return Stream.concat(left, kept).toList();
    }

    private Suspicion left(Leftover left) {
        return new Suspicion(
                Invariant.I9,
                List.of(Subject.of(left.id().vm()), Subject.of(left.by()), Subject.node(left.node())),
                "Files of attempt " + left.id().attempt() + ", which is over, are still there.",
                left.since(),
                bounds.domain(),
                new Healing.CleanUp());
    }

    private Suspicion kept(KeptSave kept) {
        return new Suspicion(
                Invariant.I9,
                List.of(Subject.of(kept.vm())),
                "What was saved of it is still in a directory of " + kept.account() + ", and the VM is over.",
                kept.since(),
                bounds.kept(),
                new Healing.NextAgent());
    }
}
