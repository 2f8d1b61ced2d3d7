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
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Speaks to the orchestrator. What can be repeated without harm is repeated when the connection fails. */
public final class Api {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int TOO_MANY = 429;
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

    /**
     * Opens a WebSocket. By the JDK's new client, which the connections that last are worth the start of.
     *
     * @throws CliException as the API says it, for it answers a plain request at that address with what is wrong
     */
    public WebSocket socket(String path, WebSocket.Listener listener) {
        URI uri = URI.create("ws" + site.toString().substring("http".length()) + "/api/v1" + path);
        WebSocket.Builder builder =
                HttpClient.newHttpClient().newWebSocketBuilder().connectTimeout(CONNECT_TIMEOUT);
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        try {
            return builder.buildAsync(uri, listener).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                if (refused.getResponse().statusCode() == TOO_MANY) {
                    throw new CliException(
                            ExitCode.REFUSED, "Too many connections to guests are open.", Hints.of("TOO_MANY_STREAMS"));
                }
                get(path);
                throw new CliException(
                        ExitCode.UNREACHABLE,
                        "No WebSocket can be opened at " + site + " (HTTP status "
                                + refused.getResponse().statusCode() + ").",
                        "if there is a proxy in between, it must pass WebSockets on: ask an operator");
            }
            throw unreachable(cause(e).getClass().getSimpleName());
        }
    }

    /** The content of a file on its way up to that path. Close it. */
    public Pieces pieces(String path) {
        return new Pieces(URI.create(site + "/api/v1" + path), token == null ? "" : token, pace);
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
            throw unreachable(e.getClass().getSimpleName());
        }
    }

    private CliException unreachable(String why) {
        return new CliException(
                ExitCode.UNREACHABLE,
                "Cannot reach " + site + " (" + why + ").",
                "check that the URL is right and that Anemone runs there");
    }

    private static Throwable cause(CompletionException e) {
        return e.getCause() == null ? e : e.getCause();
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
