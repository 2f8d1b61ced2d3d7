package io.anemone.agent.link;

import io.anemone.core.wire.AgentMessage;
import java.time.Duration;

/** The way to the orchestrator. Sending never blocks; what cannot be sent now is dropped, for a full report follows. */
public interface Link {

    /** @return whether it was handed to a connection that the orchestrator has welcomed */
    boolean send(AgentMessage message);

    /** Waits until all that was sent is out, or the limit is over. */
    boolean flush(Duration limit);
}
