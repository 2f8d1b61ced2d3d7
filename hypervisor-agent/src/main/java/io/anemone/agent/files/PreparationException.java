package io.anemone.agent.files;

import io.anemone.core.error.Failure;

/** A guest's files could not be made. Carries what the VM's record shall say. */
public class PreparationException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public PreparationException(Failure failure, Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
    }

    public PreparationException(Failure failure) {
        super(failure.message());
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
