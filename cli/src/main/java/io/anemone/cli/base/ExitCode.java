package io.anemone.cli.base;

/** The exit codes of {@code anemone}. They are part of its interface: scripts depend on them. */
public enum ExitCode {
    DONE(0),
    /** The server refused the request, or the VM that was waited for is over. */
    REFUSED(1),
    /** The command line makes no sense. */
    USAGE(2),
    /** The server cannot be reached. */
    UNREACHABLE(3),
    /** Nobody is logged in, or the login is not valid any more. */
    NOT_LOGGED_IN(4),
    /** What was waited for did not happen in time. */
    TIMED_OUT(5);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
