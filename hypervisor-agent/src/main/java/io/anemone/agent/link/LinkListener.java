package io.anemone.agent.link;

import io.anemone.core.wire.AgentMessage;
import io.anemone.core.wire.OrchestratorMessage;

/** The agent's side of the link. Called on the link's own thread: does not block. */
public interface LinkListener {

    /**
     * The first message of a new connection. May run a program for a fresh credential, within a time limit.
     *
     * @throws java.io.IOException if there is nothing to join with at the moment
     */
    AgentMessage.Hello hello() throws java.io.IOException;

    void received(OrchestratorMessage message);

    /** A try to connect failed, or a connection was lost; another try follows. */
    void disconnected(String why);
}
