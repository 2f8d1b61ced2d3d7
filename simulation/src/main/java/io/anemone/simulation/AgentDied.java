package io.anemone.simulation;

/** The agent's process is gone at this very point. */
final class AgentDied extends Error {

    private static final long serialVersionUID = 1L;

    AgentDied(String where) {
        super(where, null, false, false);
    }
}
