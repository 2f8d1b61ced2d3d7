package io.anemone.agent.stub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;

/** Speaks the agent protocol over a real WebSocket, as JSON and not as the agent's own classes. */
public final class StubOrchestrator implements AutoCloseable {

    public static final String LEASE = "11111111-2222-3333-4444-555555555555";
    public static final String SECRET = "the-secret";

    private final ObjectMapper json = new ObjectMapper();
    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final CountDownLatch started = new CountDownLatch(1);
    private final Server server;
    private volatile @Nullable WebSocket agent;
    private volatile long epoch = 1;
    private volatile JsonNode run = json.createArrayNode();
    private volatile JsonNode stop = json.createArrayNode();
    private volatile boolean release;
    private volatile Instant endsAt = Instant.now().plusSeconds(3600);
    private volatile @Nullable String refusal;

    public StubOrchestrator(int port) throws InterruptedException {
        server = new Server(port);
        server.setReuseAddr(true);
        server.setDaemon(true);
        server.start();
        if (!started.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the stub did not start");
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** All messages so far, with the token or secret of each hello. */
    public List<JsonNode> received() {
        return received;
    }

    public List<String> paths() {
        return paths;
    }

    public List<JsonNode> received(String type) {
        return received.stream()
                .filter(m -> m.path("type").asText().equals(type))
                .toList();
    }

    /** The last report about a VM, from hello or report; missing node before. */
    public JsonNode lastReportOf(String vm) {
        JsonNode last = json.missingNode();
        for (JsonNode message : received) {
            for (JsonNode each : message.path("body").path("vms")) {
                if (each.path("vm").asText().equals(vm)) {
                    last = each;
                }
            }
        }
        return last;
    }

    public void desire(String runJson, String stopJson) {
        run = parse(runJson);
        stop = parse(stopJson);
        sendDesired();
    }

    public void release() {
        release = true;
        sendDesired();
    }

    public void leaseEndsAt(Instant at) {
        endsAt = at;
    }

    public void refusesWith(@Nullable String code) {
        refusal = code;
    }

    public void nextEpoch(long next) {
        epoch = next;
    }

    /** Drops the connection without a word. */
    public void drop() {
        WebSocket open = agent;
        if (open != null) {
            open.closeConnection(1006, "dropped");
        }
    }

    public void sendDesired() {
        WebSocket open = agent;
        if (open == null || !open.isOpen()) {
            return;
        }
        ObjectNode body = json.createObjectNode();
        body.put("lease", LEASE);
        body.put("epoch", epoch);
        body.put("endsAt", endsAt.toString());
        body.put("release", release);
        body.set("run", run);
        body.set("stop", stop);
        body.put("aFieldOfTomorrow", true);
        send(open, "desired", body);
    }

    @Override
    public void close() throws InterruptedException {
        server.stop(500);
    }

    private JsonNode parse(String text) {
        try {
            return (ArrayNode) json.readTree(text);
        } catch (java.io.IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private void send(WebSocket to, String type, ObjectNode body) {
        ObjectNode message = json.createObjectNode();
        message.put("type", type);
        message.set("body", body);
        to.send(message.toString());
    }

    private final class Server extends WebSocketServer {
        Server(int port) {
            super(new InetSocketAddress("127.0.0.1", port), 1);
        }

        @Override
        public void onOpen(WebSocket socket, ClientHandshake handshake) {
            paths.add(handshake.getResourceDescriptor());
            agent = socket;
        }

        @Override
        public void onClose(WebSocket socket, int code, String reason, boolean remote) {
            if (agent == socket) {
                agent = null;
            }
        }

        @Override
        public void onMessage(WebSocket socket, String text) {
            JsonNode message;
            try {
                message = json.readTree(text);
            } catch (java.io.IOException e) {
                throw new IllegalArgumentException(text, e);
            }
            received.add(message);
            if (message.path("type").asText().equals("hello")) {
                answer(socket);
            }
        }

        private void answer(WebSocket socket) {
            ObjectNode body = json.createObjectNode();
            String refused = refusal;
            if (refused != null) {
                body.put("code", refused).put("message", "not you").put("retry", false);
                StubOrchestrator.this.send(socket, "refused", body);
                return;
            }
            body.put("lease", LEASE).put("epoch", epoch).put("secret", SECRET);
            StubOrchestrator.this.send(socket, "welcome", body);
            sendDesired();
        }

        @Override
        public void onError(WebSocket socket, Exception e) {
            System.getLogger("stub").log(System.Logger.Level.WARNING, "stub: " + e);
        }

        @Override
        public void onStart() {
            started.countDown();
        }
    }
}
