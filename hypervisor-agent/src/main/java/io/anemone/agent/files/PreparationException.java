package io.anemone.agent.files;

import io.anemone.core.error.ErrorCode;
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

    /** @param identity what ends the sentence */
    static PreparationException of(ErrorCode code, String message, String identity) {
        return new PreparationException(new Failure(code, message + " " + identity));
    }

    public Failure failure() {
        return failure;
    }
}
