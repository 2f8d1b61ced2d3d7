package io.anemone.core.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an audit found of one invariant.
 *
 * @param maturing what will be a violation if it stays
 * @param unknown  why it could not be judged in full, or null: then no violation means that it holds
 */
public record Verdict(
        Invariant invariant,
        List<Violation> violations,
        List<Violation> maturing,
        @Nullable String unknown) {

    public Verdict {
        violations = List.copyOf(violations);
        maturing = List.copyOf(maturing);
    }

    /** Null when nobody knows: that is not the same as yes. */
    public @Nullable Boolean holds() {
        if (!violations.isEmpty()) {
            return false;
        }
        return unknown == null ? true : null;
    }
}
