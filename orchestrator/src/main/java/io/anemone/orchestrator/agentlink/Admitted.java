package io.anemone.orchestrator.agentlink;

import io.anemone.core.lease.LeaseId;
import io.anemone.orchestrator.lease.AgentConnection;

/**
 * An agent that was let in.
 *
 * @param epoch  of its connection
 * @param secret what it joins again with; never logged
 */
record Admitted(LeaseId lease, long epoch, String secret) {

    AgentConnection connection() {
        return new AgentConnection(lease, epoch);
    }

    @Override
    public String toString() {
        return "Admitted[lease=" + lease + ", epoch=" + epoch + "]";
    }
}
