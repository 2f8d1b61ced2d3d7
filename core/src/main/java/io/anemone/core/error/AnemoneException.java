package io.anemone.core.error;

/** A refusal or failure with a code. The message is one sentence for the person who asked, and says what to do. */
public class AnemoneException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public AnemoneException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public AnemoneException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
