package io.anemone.core.audit;

import io.anemone.core.scheduler.JobListing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges each invariant by the facts. Without I/O and without a clock; it remembers only when it first saw a
 * difference whose age the facts do not tell. Not safe for use by several threads at once.
 */
public final class Auditor {

    /** What makes two suspicions the same one. */
    private record Key(Invariant invariant, List<Subject> subjects, String what) {}

    private final List<Check> checks;
    private Map<Key, Instant> firstSeen = Map.of();

    public Auditor(AuditBounds bounds) {
        checks = List.of(
                new DomainCheck(bounds),
                new JobCheck(bounds),
                new RecordCheck(bounds),
                new GrantCheck(),
                new DeadlineCheck(bounds),
                new OwnerCheck(),
                new LeftoverCheck(bounds));
    }

    /** One verdict for each invariant, in order. */
    public List<Verdict> audit(Facts facts, Instant now) {
        Map<Invariant, List<Violation>> violations = new EnumMap<>(Invariant.class);
        Map<Invariant, List<Violation>> maturing = new EnumMap<>(Invariant.class);
        Map<Key, Instant> seen = new HashMap<>();
        for (Check check : checks) {
            for (Suspicion suspicion : check.of(facts, now)) {
                Instant since = since(suspicion, now, seen);
                boolean ripe = !now.isBefore(since.plus(suspicion.bound()));
                (ripe ? violations : maturing)
                        .computeIfAbsent(suspicion.invariant(), invariant -> new ArrayList<>())
                        .add(violation(suspicion, since));
            }
        }
        firstSeen = seen;
        return Arrays.stream(Invariant.values())
                .map(invariant -> new Verdict(
                        invariant,
                        violations.getOrDefault(invariant, List.of()),
                        maturing.getOrDefault(invariant, List.of()),
                        unknown(invariant, facts)))
                .toList();
    }

    private Instant since(Suspicion suspicion, Instant now, Map<Key, Instant> seen) {
        Instant told = suspicion.since();
        if (told != null) {
            return told;
        }
        Key key = new Key(suspicion.invariant(), suspicion.subjects(), suspicion.what());
        Instant first = firstSeen.getOrDefault(key, now);
        seen.put(key, first);
        return first;
    }

    private static Violation violation(Suspicion suspicion, Instant since) {
        return new Violation(suspicion.invariant(), suspicion.subjects(), suspicion.what(), since, suspicion.healing());
    }

    private static @Nullable String unknown(Invariant invariant, Facts facts) {
        return switch (invariant) {
            case I1, I2, I9 -> withoutAgents(facts.silent().size());
            case I3, I8 -> withoutListing(facts.snapshot().jobs());
            case I4, I5, I6, I7 -> null;
        };
    }

    private static @Nullable String withoutAgents(int silent) {
        return silent == 0
                ? null
                : "The agents of " + silent + " leases cannot tell at the moment what is on their nodes.";
    }

    private static @Nullable String withoutListing(@Nullable JobListing listing) {
        if (listing == null) {
            return "The scheduler does not tell its jobs at the moment.";
        }
        return listing.complete() ? null : "The scheduler told only part of its jobs.";
    }
}
