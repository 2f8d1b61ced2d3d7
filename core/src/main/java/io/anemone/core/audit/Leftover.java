package io.anemone.core.audit;

import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.lease.LeaseId;
import java.time.Instant;

/**
 * Files of an ended attempt that an agent could not remove.
 *
 * @param since when it was first told of
 */
public record Leftover(DomainId id, LeaseId by, String node, Instant since) {}
