package io.anemone.core.audit;

import java.time.Instant;
import java.util.List;

/**
 * Positive evidence that an invariant does not hold.
 *
 * @param subjects what it is about; together with the invariant, its identity
 * @param what     one sentence for operators
 * @param since    since when it is so, as far as is known
 */
public record Violation(Invariant invariant, List<Subject> subjects, String what, Instant since, Healing healing) {

    public Violation {
        subjects = List.copyOf(subjects);
    }
}
