package io.anemone.orchestrator.agentlink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.anemone.core.wire.StreamHello;
import io.anemone.core.wire.StreamOrder;
import io.anemone.core.wire.WireTypes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One end of a stream: a person's, or that which an agent brings. */
final class TestStream implements AutoCloseable {

    /** What the other end was told when it was closed. */
    record Closed(int code, String reason) {}

    private static final long PATIENCE_SECONDS = 20;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final LinkedBlockingQueue<byte[]> pieces = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private final WebSocket socket;
    private volatile boolean reading = true;

    private TestStream(URI uri, Map<String, String> headers, String... protocols) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        headers.forEach(builder::header);
        if (protocols.length > 0) {
            String[] more = java.util.Arrays.copyOfRange(protocols, 1, protocols.length);
            builder.subprotocols(protocols[0], more);
        }
        socket = builder.buildAsync(uri, new Listener()).join();
    }

    static URI at(URI site, String path) {
        return URI.create("ws://" + site.getAuthority() + path);
    }

    static TestStream byToken(URI site, String path, String token) {
        return new TestStream(at(site, path), Map.of("Authorization", "Bearer " + token));
    }

    static TestStream byTicket(URI site, String path, String ticket, Map<String, String> headers) {
        return new TestStream(at(site, path), headers, "anemone.v1", "anemone.ticket." + ticket);
    }

    /** As the agent that was told to bring it. */
    static TestStream brought(URI site, StreamOrder order, @Nullable String failure) {
        TestStream stream = new TestStream(at(site, WireTypes.STREAM_PATH), Map.of());
        String why = failure == null ? "null" : '"' + failure + '"';
        stream.sendText(
                "{\"stream\":\"" + order.stream() + "\",\"token\":\"" + order.token() + "\",\"failure\":" + why + "}");
        return stream;
    }

    /** The HTTP status that opening ends with. */
    static int refusal(Runnable opening) {
        try {
            opening.run();
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
        throw new AssertionError("it was let in");
    }

    private final class Listener implements WebSocket.Listener {
        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            pieces.add(bytes);
            if (reading) {
                from.request(1);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            texts.add(data.toString());
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(new Closed(code, reason));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.completeExceptionally(error);
        }
    }

    void stopReading() {
        reading = false;
    }

    void readAgain() {
        reading = true;
        socket.request(1);
    }

    String subprotocol() {
        return socket.getSubprotocol();
    }

    CompletableFuture<WebSocket> send(byte[] bytes) {
        return socket.sendBinary(ByteBuffer.wrap(bytes), true);
    }

    void says(String text) {
        send(text.getBytes(UTF_8)).join();
    }

    void sendText(String text) {
        socket.sendText(text, true).join();
    }

    void end() {
        sendText(StreamHello.END);
    }

    void hangUp() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    byte[] hears(int count) throws InterruptedException {
        ByteBuffer all = ByteBuffer.allocate(count);
        while (all.hasRemaining()) {
            byte[] piece = pieces.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (piece == null) {
                throw new AssertionError("only " + all.position() + " bytes came");
            }
            all.put(piece);
        }
        return all.array();
    }

    String hears(String expected) throws InterruptedException {
        return new String(hears(expected.getBytes(UTF_8).length), UTF_8);
    }

    @Nullable
    String text() throws InterruptedException {
        return texts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    Closed closed() {
        return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    boolean open() {
        return !closed.isDone();
    }

    @Override
    public void close() {
        socket.abort();
    }
}
