package io.anemone.agent;

/** The program was started wrongly. The message says what to do; it may have several lines, one for each mistake. */
public class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }

    public UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
