package io.anemone.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/** An answer of the API; {@code body} is a missing node where it had none. */
record Answer(String request, int status, JsonNode body) {

    JsonNode ok() {
        assertThat(status).as("%s said %s", request, body).isBetween(200, 299);
        return body;
    }

    /** The code of a problem. */
    String code() {
        assertThat(status).as("%s said %s", request, body).isBetween(400, 599);
        return body.path("code").asText();
    }
}
