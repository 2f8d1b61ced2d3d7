package io.anemone.core.audit;

import java.time.Duration;

/**
 * How long a difference may last before it is a violation.
 *
 * @param twoDomains of one VM: they are seen by two agents, which report one after the other
 * @param domain     after the end of its lease (I2), and what is left of it (I9): less than the 10 s that I2 allows, so
 *                   that what does not go by itself is ended within them
 * @param job        a lease without its job
 * @param effect     until something decided is done
 * @param end        until the scheduler says that a lease is over which its agent said to be
 * @param deadline   after a phase's deadline
 * @param walltime   after the end of a job's time limit
 * @param kept       until what was saved of a VM is removed after its end, for which an agent of its account must run
 */
public record AuditBounds(
        Duration twoDomains,
        Duration domain,
        Duration job,
        Duration effect,
        Duration end,
        Duration deadline,
        Duration walltime,
        Duration kept) {

    public static final AuditBounds DEFAULT = new AuditBounds(
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(2),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofDays(1));
}
