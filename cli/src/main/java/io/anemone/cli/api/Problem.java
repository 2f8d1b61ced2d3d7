package io.anemone.cli.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is not a success: RFC 9457, or whatever a proxy on the way made of it.
 *
 * @param code   the API's error code; empty if there is none
 * @param detail one sentence
 * @param field  the field of the request that it is about
 */
record Problem(
        int status, String code, String detail, @Nullable String field) {

    private static final int UNAUTHORIZED = 401;

    static Problem of(int status, String body) {
        JsonNode json;
        try {
            json = Json.parse(body);
        } catch (JsonProcessingException e) {
            json = Json.object();
        }
        String title = json.path("title").asText("");
        String detail = json.path("detail").asText("");
        String text = detail.isEmpty() ? title : detail;
        return new Problem(
                status,
                json.path("code").asText(""),
                text.isEmpty() ? "The server answered with HTTP status " + status + " and no explanation." : text,
                json.hasNonNull("field") ? json.path("field").asText() : null);
    }

    CliException asException() {
        String sentence = field == null || detail.contains(field) ? detail : detail + " (field: " + field + ")";
        ExitCode exit = status == UNAUTHORIZED ? ExitCode.NOT_LOGGED_IN : ExitCode.REFUSED;
        return new CliException(exit, sentence, Hints.of(code));
    }
}
