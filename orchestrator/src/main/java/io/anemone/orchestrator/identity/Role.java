package io.anemone.orchestrator.identity;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an account may do. */
public enum Role {
    /** Sees and touches what is its own. */
    USER,
    /** Sees and touches everything, and runs the pools. */
    OPERATOR;

    /** The role's name to Quarkus' security annotations. */
    public static final String OPERATOR_NAME = "operator";

    /** As the accounts file and the API write it. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
