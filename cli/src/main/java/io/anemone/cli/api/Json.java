package io.anemone.cli.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.text.Printable;
import java.util.ArrayList;
import java.util.List;

/** JSON as the API writes it. Fields and phases of a newer server are no error. */
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            .build();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static JsonNode parse(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not writable as JSON: " + value.getClass(), e);
        }
    }

    /** Indented, and safe for a terminal. */
    public static String pretty(JsonNode node) {
        return Printable.json(node.toPrettyString());
    }

    public static <T> T as(JsonNode node, Class<T> type) {
        try {
            return MAPPER.treeToValue(node, type);
        } catch (JsonProcessingException e) {
            throw new CliException(
                    ExitCode.UNREACHABLE,
                    "The server's answer is not what this program expects (" + type.getSimpleName() + ").",
                    "check that the URL is Anemone's, and that this program is as new as the server");
        }
    }

    /** The {@code items} of a list answer. */
    public static <T> List<T> items(JsonNode answer, Class<T> type) {
        List<T> items = new ArrayList<>();
        for (JsonNode item : answer.path("items")) {
            items.add(as(item, type));
        }
        return items;
    }
}
