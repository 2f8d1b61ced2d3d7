package io.anemone.orchestrator.audit;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.VmId;
import org.jspecify.annotations.Nullable;

/**
 * Something of ours that an agent told of.
 *
 * @param marked the lease that a domain says it belongs to; null for files
 */
public record NodeItem(VmId vm, int attempt, @Nullable LeaseId marked) {}
