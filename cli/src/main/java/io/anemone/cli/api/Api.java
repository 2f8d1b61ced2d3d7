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
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to the orchestrator. What can be repeated without harm is repeated when the connection fails. A redirect is
 * not followed: it could carry the token to another site.
 */
public final class Api {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(200), Duration.ofSeconds(1));

    private final URI site;
    private final @Nullable String token;
    private final Pace pace;
    private final HttpClient http;

    /** @param token of a login, or null to log in */
    public Api(URI site, @Nullable String token, Pace pace) {
        this.site = site;
        this.token = token;
        this.pace = pace;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    public JsonNode get(String path) {
        return json(repeat(request(path).GET()));
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
        return repeat(request(path).GET()).body();
    }

    /** Not repeated. */
    public JsonNode post(String path, JsonNode body) {
        return json(send(request(path).POST(publisher(body))));
    }

    /** Repeated when the connection fails: the key makes sure that it takes effect once. */
    public JsonNode postOnce(String path, JsonNode body, String idempotencyKey) {
        return json(
                repeat(request(path).header("Idempotency-Key", idempotencyKey).POST(publisher(body))));
    }

    public JsonNode put(String path, JsonNode body) {
        return json(repeat(request(path).PUT(publisher(body))));
    }

    public JsonNode delete(String path) {
        return json(repeat(request(path).DELETE()));
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

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(site + "/api/v1" + path))
                .timeout(ANSWER_TIMEOUT)
                .header("Accept", "application/json, application/problem+json, text/plain");
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        return builder;
    }

    private static HttpRequest.BodyPublisher publisher(JsonNode body) {
        return BodyPublishers.ofString(Json.write(body));
    }

    private HttpResponse<String> repeat(HttpRequest.Builder request) {
        for (Duration pause : PAUSES) {
            try {
                return answered(exchange(request));
            } catch (IOException e) {
                pace.pause(pause);
            }
        }
        return send(request);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return answered(exchange(request));
        } catch (IOException e) {
            throw new CliException(
                    ExitCode.UNREACHABLE,
                    "Cannot reach " + site + " (" + e.getClass().getSimpleName() + ").",
                    "check that the URL is right and that Anemone runs there");
        }
    }

    private HttpResponse<String> exchange(HttpRequest.Builder builder) throws IOException {
        HttpRequest request =
                builder.setHeader("Content-Type", "application/json").build();
        try {
            return http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException(ExitCode.TIMED_OUT, "Interrupted while waiting for " + site + ".");
        }
    }

    private static HttpResponse<String> answered(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status < 200 || status > 299) {
            throw Problem.of(status, response.body()).asException();
        }
        return response;
    }

    private JsonNode json(HttpResponse<String> response) {
        try {
            return Json.parse(response.body().isEmpty() ? "{}" : response.body());
        } catch (JsonProcessingException e) {
            throw new CliException(
                    ExitCode.UNREACHABLE,
                    "What answers at " + site + " is not Anemone.",
                    "check the URL (ANEMONE_URL, or: anemone login --url URL)");
        }
    }
}
