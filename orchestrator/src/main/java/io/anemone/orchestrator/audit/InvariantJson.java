package io.anemone.orchestrator.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.anemone.core.audit.Invariant;
import io.anemone.core.audit.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An invariant as the API tells it. */
@Schema(name = "Invariant")
@JsonInclude(JsonInclude.Include.NON_NULL)
record InvariantJson(
        @Schema(examples = "I2") Invariant id,

        @Schema(description = "A few words", examples = "No domain without a lease")
        String title,

        @Schema(description = "What must always be true") String sentence,

        @Schema(description = "Whether it does; absent when that is not known, and `unknown` says why") @Nullable
        Boolean holds,

        @Schema(description = "Why it cannot be judged, or not in full") @Nullable
        String unknown,

        @Schema(description = "When it was last looked at; absent if it never was") @Nullable
        Instant checkedAt,

        @Schema(description = "The oldest first") List<Violation> violations) {

    /** A violation that there is, or was. */
    @Schema(name = "Violation")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Violation(
            Invariant invariant,

            @Schema(description = "One sentence") String what,

            List<About> subjects,
            Instant since,

            @Schema(description = "How long it lasts, or lasted; ISO 8601", examples = "PT4S")
            String age,

            @Schema(description = "What makes it go") String healing,

            @Schema(description = "When it was gone; absent while it is there") @Nullable
            Instant healedAt) {

        static Violation of(StoredViolation violation, Instant now) {
            Instant healedAt = violation.healedAt();
            Duration age = Duration.between(violation.since(), healedAt == null ? now : healedAt);
            return new Violation(
                    violation.invariant(),
                    violation.what(),
                    violation.subjects().stream().map(About::of).toList(),
                    violation.since(),
                    Duration.ofSeconds(Math.max(0, age.toSeconds())).toString(),
                    violation.healing(),
                    healedAt);
        }
    }

    /** Something that a violation is about. */
    @Schema(name = "ViolationSubject")
    record About(
            @Schema(enumeration = {"vm", "lease", "job", "domain", "node"})
            String kind,

            String id) {

        static About of(Subject subject) {
            return new About(subject.kind().name().toLowerCase(Locale.ROOT), subject.id());
        }
    }

    /** The whole audit. */
    @Schema(name = "Invariants")
    record All(
            List<InvariantJson> items,

            @Schema(description = "The last 50 violations that are no more, the newest first")
            List<Violation> healed) {}
}
