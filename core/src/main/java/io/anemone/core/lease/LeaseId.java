package io.anemone.core.lease;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Identity of a lease. Its job carries it as name, so that the job can be found again after a lost reply. */
public record LeaseId(UUID value) {

    private static final String JOB_NAME_PREFIX = "anemone-";
    private static final Pattern JOB_NAME =
            Pattern.compile(JOB_NAME_PREFIX + "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})");

    /** @throws IllegalArgumentException if {@code text} is not a UUID */
    public static LeaseId parse(String text) {
        return new LeaseId(UUID.fromString(text));
    }

    /** The lease whose job has this name; empty if it is no such name. */
    public static Optional<LeaseId> ofJobName(String name) {
        Matcher matcher = JOB_NAME.matcher(name);
        return matcher.matches() ? Optional.of(parse(matcher.group(1))) : Optional.empty();
    }

    /** The deterministic name of the one job that backs this lease. */
    public String jobName() {
        return JOB_NAME_PREFIX + value;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
