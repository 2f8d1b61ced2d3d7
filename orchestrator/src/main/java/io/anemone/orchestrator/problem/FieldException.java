package io.anemone.orchestrator.problem;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;

/** A refusal because of one field of the request. */
public final class FieldException extends AnemoneException {

    private static final long serialVersionUID = 1L;

    private final String field;

    /** @param field name of the field as the caller wrote it, e.g. {@code sshKeys[1]} */
    public FieldException(ErrorCode code, String field, String message) {
        super(code, message);
        this.field = field;
    }

    public static FieldException invalid(String field, String message) {
        return new FieldException(ErrorCode.INVALID_FIELD, field, message);
    }

    public String field() {
        return field;
    }
}
