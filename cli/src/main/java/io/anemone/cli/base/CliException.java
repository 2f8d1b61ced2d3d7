package io.anemone.cli.base;

import org.jspecify.annotations.Nullable;

/** A command's failure, in words for the person who typed it. */
public final class CliException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final @Nullable String hint;

    /**
     * @param message one sentence that says what is wrong
     * @param hint    what to do about it, or null when the message says so
     */
    public CliException(ExitCode exitCode, String message, @Nullable String hint) {
        super(message);
        this.exitCode = exitCode;
        this.hint = hint;
    }

    public CliException(ExitCode exitCode, String message) {
        this(exitCode, message, null);
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    public @Nullable String hint() {
        return hint;
    }

    /** The message, never null. */
    public String sentence() {
        String message = getMessage();
        return message == null ? "It failed." : message;
    }
}
