package io.anemone.orchestrator.identity;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Who wants to log in. */
@Schema(requiredProperties = {"name", "password"})
record LoginRequest(
        @Schema(description = "Account", examples = "researcher") @Nullable
        String name,

        @Schema(format = "password") @Nullable String password) {

    @Override
    public String toString() {
        return "LoginRequest[]";
    }
}
