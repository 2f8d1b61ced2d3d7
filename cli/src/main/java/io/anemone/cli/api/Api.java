package io.anemone.cli.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.base.Pace;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Speaks to the orchestrator. What can be repeated without harm is repeated when the connection fails. */
public final class Api {

    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(200), Duration.ofSeconds(1));

    private final URI site;
    private final @Nullable String token;
    private final Pace pace;

    /** @param token of a login, or null to log in */
    public Api(URI site, @Nullable String token, Pace pace) {
        this.site = site;
        this.token = token;
        this.pace = pace;
    }

    public JsonNode get(String path) {
        return json(repeat(request("GET", path, null)));
    }

    /** The whole of a list that comes in pages, as one answer. */
    public ObjectNode all(String path, Map<String, String> query) {
        ArrayNode items = Json.object().arrayNode();
        Map<String, String> next = query;
        while (true) {
            JsonNode page = get(path + queryString(next));
            page.path("items").forEach(items::add);
            String cursor = page.path("nextCursor").asText("");
            if (cursor.isEmpty() || page.path("items").isEmpty()) {
                return Json.object().set("items", items);
            }
            next = with(query, cursor);
        }
    }

    public String text(String path) {
        return repeat(request("GET", path, null)).body();
    }

    /** Not repeated here. */
    public JsonNode post(String path, JsonNode body) {
        return json(send(request("POST", path, body)));
    }

    /** Repeated when the connection fails: the key makes sure that it takes effect once. */
    public JsonNode postOnce(String path, JsonNode body, String idempotencyKey) {
        Http.Request request = request("POST", path, body);
        request.headers().put("Idempotency-Key", idempotencyKey);
        return json(repeat(request));
    }

    public JsonNode put(String path, JsonNode body) {
        return json(repeat(request("PUT", path, body)));
    }

    public JsonNode delete(String path) {
        return json(repeat(request("DELETE", path, null)));
    }

    /** One segment of a path, with everything escaped that would be more than that. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace(".", "%2E");
    }

    private static String queryString(Map<String, String> query) {
        return query.isEmpty()
                ? ""
                : query.entrySet().stream()
                        .map(e -> segment(e.getKey()) + "=" + segment(e.getValue()))
                        .sorted()
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static Map<String, String> with(Map<String, String> query, String cursor) {
        Map<String, String> next = new HashMap<>(query);
        next.put("cursor", cursor);
        return next;
    }

    private Http.Request request(String method, String path, @Nullable JsonNode body) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", "application/json, application/problem+json, text/plain");
        if (body != null) {
            headers.put("Content-Type", "application/json");
        }
        if (token != null) {
            headers.put("Authorization", "Bearer " + token);
        }
        URI uri = URI.create(site + "/api/v1" + path);
        return new Http.Request(method, uri, headers, body == null ? null : Json.write(body));
    }

    private Http.Answer repeat(Http.Request request) {
        for (Duration pause : PAUSES) {
            try {
                return success(Http.exchange(request));
            } catch (IOException e) {
                pace.pause(pause);
            }
        }
        return send(request);
    }

    private Http.Answer send(Http.Request request) {
        try {
            return success(Http.exchange(request));
        } catch (IOException e) {
            throw new CliException(
                    ExitCode.UNREACHABLE,
                    "Cannot reach " + site + " (" + e.getClass().getSimpleName() + ").",
                    "check that the URL is right and that Anemone runs there");
        }
    }

    private static Http.Answer success(Http.Answer answer) {
        if (!answer.success()) {
            throw Problem.of(answer.status(), answer.body()).asException();
        }
        return answer;
    }

    private JsonNode json(Http.Answer answer) {
        try {
            return Json.parse(answer.body().isEmpty() ? "{}" : answer.body());
        } catch (JsonProcessingException e) {
            throw new CliException(
                    ExitCode.UNREACHABLE,
                    "What answers at " + site + " is not Anemone.",
                    "check the URL (ANEMONE_URL, or: anemone login --url URL)");
        }
    }
}
