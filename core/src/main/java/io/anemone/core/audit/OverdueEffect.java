package io.anemone.core.audit;

import io.anemone.core.lease.LeaseId;
import java.time.Instant;

/**
 * Something that was decided and is still not done.
 *
 * @param kind  what, in words
 * @param since when it was decided
 * @param tries how often it was tried
 */
public record OverdueEffect(LeaseId lease, String kind, Instant since, int tries) {}
