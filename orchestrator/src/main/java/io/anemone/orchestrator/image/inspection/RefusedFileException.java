package io.anemone.orchestrator.image.inspection;

/** A file cannot be part of an image. The message is one sentence for whoever brought it, and says what to do. */
public final class RefusedFileException extends Exception {

    private static final long serialVersionUID = 1L;

    public RefusedFileException(String why) {
        super(why);
    }
}
