package io.anemone.core.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The records by themselves: I4 and I5. */
final class RecordCheck implements Check {

    private final AuditBounds bounds;

    RecordCheck(AuditBounds bounds) {
        this.bounds = bounds;
    }

    @Override
    public List<Suspicion> of(Facts facts, Instant now) {
        Facts.Records records = facts.records();
        Stream<Suspicion> effects = records.effects().stream().map(this::overdue);
        Stream<Suspicion> histories = records.histories().stream().map(RecordCheck::broken);
        Stream<Suspicion> ends = records.ends().stream().map(this::unproven);
        return Stream.of(effects, histories, ends).flatMap(found -> found).toList();
    }

    private Suspicion overdue(OverdueEffect effect) {
        return new Suspicion(
                Invariant.I4,
                List.of(Subject.of(effect.lease())),
                "The scheduler was to be told (" + effect.kind() + ") and it is not known to be done.",
                effect.since(),
                bounds.effect(),
                new Healing.TryAgain());
    }

    private static Suspicion broken(BrokenHistory history) {
        return new Suspicion(
                Invariant.I4,
                List.of(history.of()),
                "Its recorded events are not one unbroken way to its phase.",
                null,
                Duration.ZERO,
                new Healing.Operator());
    }

    private Suspicion unproven(UnprovenEnd end) {
        return new Suspicion(
                Invariant.I5,
                List.of(Subject.of(end.vm()), Subject.of(end.lease())),
                "The VM was stopped (" + end.reason() + ") as if its lease were over, and the lease lives.",
                end.at(),
                bounds.end(),
                new Healing.Operator());
    }
}
