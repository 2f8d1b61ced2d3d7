package io.anemone.agent.cache;

/** The thread was not interrupted; nobody wants any more what it was bringing. */
public final class AbandonedException extends InterruptedException {

    private static final long serialVersionUID = 1L;

    AbandonedException() {
        super("nobody wants the image any more");
    }
}
