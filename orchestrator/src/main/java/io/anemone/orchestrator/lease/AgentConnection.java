package io.anemone.orchestrator.lease;

import io.anemone.core.lease.LeaseId;

/**
 * One connection of a lease's agent, to whichever orchestrator.
 *
 * @param epoch grows with each; only that of the newest counts
 */
public record AgentConnection(LeaseId lease, long epoch) {}
