package io.anemone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.anemone.cli.api.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An API in memory that can misbehave on request. Lists come in pages of two. */
final class FakeSite implements AutoCloseable {

    static final String PASSWORD = "correct horse";
    static final String TOKEN = "token-of-researcher";
    private static final int PAGE = 2;

    private final HttpServer server;
    private final Map<String, ObjectNode> vms = new LinkedHashMap<>();
    private final Map<String, Deque<String>> scripts = new HashMap<>();
    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, String> fixed = new HashMap<>();
    private final List<Request> requests = new ArrayList<>();
    private @Nullable Answer next;
    private boolean losingReply;
    private final StringBuilder upload = new StringBuilder();
    private String uploadPath = "";
    private Runnable afterShow = () -> {};

    /** What came in. */
    record Request(
            String method,
            String path,
            @Nullable String authorization,
            @Nullable String key,
            String body) {}

    private record Answer(
            int status, String type, String body, @Nullable String location) {
        private Answer(int status, String type, String body) {
            this(status, type, body, null);
        }
    }

    FakeSite() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** All that came in so far. */
    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    synchronized List<Request> requests(String method) {
        return requests.stream().filter(r -> r.method().equals(method)).toList();
    }

    synchronized int vmCount() {
        return vms.size();
    }

    synchronized void has(ObjectNode vm) {
        vms.put(vm.path("id").asText(), vm);
    }

    /** Each look at the VM finds it in the next of these phases; the last one stays. */
    synchronized void goesThrough(String id, String... phases) {
        scripts.put(id, new ArrayDeque<>(Arrays.asList(phases)));
    }

    /** GET of this path answers with this text. */
    synchronized void answers(String path, String body) {
        fixed.put(path, body);
    }

    /** This request answers with this text. */
    synchronized void takes(String method, String path, String body) {
        fixed.put(method + " " + path, body);
    }

    /** Takes a file in pieces at this path; it has the beginning already. */
    synchronized void receives(String path, String beginning) {
        uploadPath = path;
        upload.append(beginning);
    }

    synchronized String received() {
        return upload.toString();
    }

    synchronized void refusesNext(int status, String code, String detail) {
        next = new Answer(
                status,
                "application/problem+json",
                Json.write(Json.object()
                        .put("status", status)
                        .put("title", "Refused")
                        .put("code", code)
                        .put("detail", detail)));
    }

    synchronized void answersNext(int status, String type, String body) {
        next = new Answer(status, type, body);
    }

    synchronized void redirectsNext(String location) {
        next = new Answer(302, "text/html", "", location);
    }

    /** Does what the next request asks for, and then hangs up. */
    synchronized void losesNextReply() {
        losingReply = true;
    }

    /** Runs once, after the next answer about one VM. */
    synchronized void afterNextShow(Runnable action) {
        afterShow = action;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Request request = new Request(
                exchange.getRequestMethod(),
                path,
                exchange.getRequestHeaders().getFirst("Authorization"),
                exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                body);
        requests.add(request);
        Answer answer = next != null ? next : answer(request, query(exchange));
        next = null;
        if (losingReply) {
            losingReply = false;
            exchange.close();
            return;
        }
        if (request.path().equals(uploadPath)) {
            upload.append(request.body());
            exchange.getResponseHeaders().set("Upload-Offset", Integer.toString(upload.length()));
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        if (answer.location() != null) {
            exchange.getResponseHeaders().set("Location", answer.location());
        }
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
        if (request.method().equals("GET") && request.path().startsWith("/api/v1/vms/")) {
            Runnable action = afterShow;
            afterShow = () -> {};
            action.run();
        }
    }

    private Answer answer(Request request, Map<String, String> query) throws IOException {
        String path = request.path().replaceFirst("^/api/v1", "");
        if (path.equals("/login")) {
            return login(Json.parse(request.body()));
        }
        if (!("Bearer " + TOKEN).equals(request.authorization())) {
            return problem(401, "UNAUTHENTICATED", "Your login is not valid any more.");
        }
        String fixedBody = fixed.get(path);
        if (fixedBody != null && request.method().equals("GET")) {
            return new Answer(200, "application/json", fixedBody);
        }
        String taken = fixed.get(request.method() + " " + request.path());
        if (taken != null) {
            return new Answer(200, "application/json", taken);
        }
        if (request.path().equals(uploadPath)) {
            return new Answer(204, "application/json", "");
        }
        return switch (request.method() + " "
                + path.replaceAll("^/leases/[^/]+/actions/.+", "/leases/ID/actions")
                        .replaceAll("^/vms/.+", "/vms/ID")
                        .replaceAll("^/volumes/.+", "/volumes/ID")
                        .replaceAll("^/pools/.+", "/pools/NAME")) {
            case "POST /logout" -> new Answer(204, "application/json", "");
            case "POST /leases/ID/actions" -> ok(202, Json.object());
            case "POST /vms" -> create(request);
            case "GET /vms" -> list(query);
            case "GET /vms/ID" -> show(path.substring("/vms/".length()));
            case "DELETE /vms/ID" -> delete(path.substring("/vms/".length()));
            case "DELETE /volumes/ID" -> new Answer(204, "application/json", "");
            case "PUT /pools/NAME" -> ok(200, pool(path, Json.parse(request.body())));
            default -> problem(404, "NOT_FOUND", "There is nothing at " + path + ".");
        };
    }

    private static Answer login(JsonNode body) {
        return body.path("password").asText().equals(PASSWORD)
                ? ok(200, Vms.json("""
                        {"token": "%s", "user": {"name": "%s", "role": "user"}, "expiresAt": "2026-01-02T00:00:00Z"}
                        """.formatted(TOKEN, body.path("name").asText())))
                : problem(401, "UNAUTHENTICATED", "The name or the password is wrong.");
    }

    private Answer create(Request request) throws IOException {
        String known = request.key() == null ? null : keys.get(request.key());
        if (known != null) {
            return ok(202, vms.get(known));
        }
        JsonNode asked = Json.parse(request.body());
        ObjectNode vm = Vms.named(asked.path("name").asText());
        vm.set("path", asked.path("path"));
        vms.put(vm.path("id").asText(), vm);
        if (request.key() != null) {
            keys.put(request.key(), vm.path("id").asText());
        }
        return ok(202, vm);
    }

    private Answer list(Map<String, String> query) {
        List<ObjectNode> found = vms.values().stream()
                .filter(vm -> !"true".equals(query.get("active"))
                        || !List.of("STOPPED", "FAILED")
                                .contains(vm.path("phase").asText()))
                .filter(vm -> query.getOrDefault("phase", vm.path("phase").asText())
                        .equals(vm.path("phase").asText()))
                .toList();
        int from = Integer.parseInt(query.getOrDefault("cursor", "0"));
        int to = Math.min(found.size(), from + PAGE);
        ObjectNode page = Json.object();
        ArrayNode items = page.putArray("items");
        found.subList(from, to).forEach(items::add);
        if (to < found.size()) {
            page.put("nextCursor", Integer.toString(to));
        }
        return ok(200, page);
    }

    private Answer show(String id) {
        ObjectNode vm = vms.get(id);
        if (vm == null) {
            return problem(404, "NOT_FOUND", "There is no VM " + id + ", or it is not yours.");
        }
        Deque<String> script = scripts.get(id);
        if (script != null && !script.isEmpty()) {
            vm.put("phase", script.removeFirst());
        }
        return ok(200, vm);
    }

    private Answer delete(String id) {
        ObjectNode vm = vms.get(id);
        if (vm == null) {
            return problem(404, "NOT_FOUND", "There is no VM " + id + ", or it is not yours.");
        }
        vm.put("phase", "STOPPING").put("message", "Its owner ended it.");
        return ok(202, vm);
    }

    private static JsonNode pool(String path, JsonNode body) {
        return ((ObjectNode) body)
                .put("name", path.substring("/pools/".length()))
                .put("active", 0)
                .put("vms", 0)
                .put("freeCores", 0)
                .put("freeMemoryMiB", 0);
    }

    private static Answer ok(int status, @Nullable JsonNode body) {
        return new Answer(status, "application/json", String.valueOf(body));
    }

    private static Answer problem(int status, String code, String detail) {
        return new Answer(
                status,
                "application/problem+json",
                Json.write(Json.object().put("status", status).put("code", code).put("detail", detail)));
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                query.put(
                        URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                        URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return query;
    }
}
