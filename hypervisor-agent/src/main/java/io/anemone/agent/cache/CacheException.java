package io.anemone.agent.cache;

import io.anemone.core.error.ErrorCode;

/** Content could not be had on the node. The message is a sentence without its end: what it is about is added. */
public final class CacheException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    CacheException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    CacheException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    /** The message that is always there. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
