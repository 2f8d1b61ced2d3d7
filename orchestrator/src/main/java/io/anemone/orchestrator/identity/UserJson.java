package io.anemone.orchestrator.identity;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Who is logged in. */
@Schema(name = "User")
record UserJson(
        @Schema(description = "Account: the UNIX user that jobs run as", examples = "researcher")
        String name,

        @Schema(
                description = "Operators see and touch everything, and run the pools",
                enumeration = {"user", "operator"})
        String role) {

    static UserJson of(Account account) {
        return new UserJson(account.name(), account.role().text());
    }

    static UserJson of(Caller caller) {
        return new UserJson(caller.name(), (caller.operator() ? Role.OPERATOR : Role.USER).text());
    }
}
