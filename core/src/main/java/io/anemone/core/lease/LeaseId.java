package io.anemone.core.lease;

import java.util.UUID;

/** Identity of a lease. Its job carries it as name, so that the job can be found again after a lost reply. */
public record LeaseId(UUID value) {

    private static final String JOB_NAME_PREFIX = "anemone-";

    /** @throws IllegalArgumentException if {@code text} is not a UUID */
    public static LeaseId parse(String text) {
        return new LeaseId(UUID.fromString(text));
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
