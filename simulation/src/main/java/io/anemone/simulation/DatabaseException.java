package io.anemone.simulation;

/** The database did not answer; what was asked for may have been done. */
final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseException(String message) {
        super(message, null, false, false);
    }
}
