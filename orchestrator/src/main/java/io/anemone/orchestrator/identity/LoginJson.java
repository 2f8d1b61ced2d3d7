package io.anemone.orchestrator.identity;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A log-in. */
@Schema(name = "Login")
record LoginJson(
        @Schema(description = "Send it as `Authorization: Bearer TOKEN`; a secret")
        String token,

        UserJson user,
        Instant expiresAt) {

    static LoginJson of(Sessions.Opened opened) {
        return new LoginJson(opened.token().text(), UserJson.of(opened.account()), opened.expiresAt());
    }

    @Override
    public String toString() {
        return "LoginJson[user=" + user + "]";
    }
}
