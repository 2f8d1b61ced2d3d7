package io.anemone.agent.node;

/** The node has not what a guest needs. Its message is one sentence without identity and full stop. */
public final class HardwareMissingException extends Exception {

    private static final long serialVersionUID = 1L;

    public HardwareMissingException(String message) {
        super(message);
    }
}
