package io.anemone.orchestrator.audit;

import io.anemone.core.audit.Invariant;
import io.anemone.core.audit.Subject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A violation as it stands in the database.
 *
 * @param healing  one sentence on what makes it go
 * @param healedAt null while it is one
 */
record StoredViolation(
        long id,
        Invariant invariant,
        List<Subject> subjects,
        String what,
        Instant since,
        String healing,
        @Nullable Instant healedAt) {

    StoredViolation {
        subjects = List.copyOf(subjects);
    }

    static String[] write(List<Subject> subjects) {
        return subjects.stream()
                .map(subject -> subject.kind() + ":" + subject.id())
                .toArray(String[]::new);
    }

    static List<Subject> read(String[] subjects) {
        return Arrays.stream(subjects).map(StoredViolation::subject).toList();
    }

    private static Subject subject(String text) {
        int colon = text.indexOf(':');
        return new Subject(Subject.Kind.valueOf(text.substring(0, colon)), text.substring(colon + 1));
    }
}
