package io.anemone.cli.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An invariant as the API shows it.
 *
 * @param holds   null when that is not known
 * @param unknown why it is not known, or not in full
 */
public record Invariant(
        String id,
        String title,
        @Nullable Boolean holds,
        @Nullable String unknown,
        List<Violation> violations) {

    /** Something that speaks against it. */
    public record Violation(String what, List<Subject> subjects, Instant since, String healing) {}

    /** Something that a violation is about. */
    public record Subject(String kind, String id) {}
}
