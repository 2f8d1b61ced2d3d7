package io.anemone.cli;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;

/** A guest behind the orchestrator: says a greeting, repeats what it hears, and ends when the other side does. */
final class StubGuest extends WebSocketServer implements AutoCloseable {

    private final CountDownLatch started = new CountDownLatch(1);
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final int code;
    private final String reason;

    /** @param code that every connection is closed with at once; 0 for none */
    StubGuest(int code, String reason) {
        super(new InetSocketAddress("127.0.0.1", 0));
        this.code = code;
        this.reason = reason;
        setDaemon(true);
    }

    String url() throws InterruptedException {
        start();
        if (!started.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the stub did not start");
        }
        return "http://127.0.0.1:" + getPort();
    }

    /** Path and authorization of each connection, then what it heard. */
    List<String> seen() {
        return seen;
    }

    @Override
    public void onOpen(WebSocket socket, ClientHandshake handshake) {
        seen.add(handshake.getResourceDescriptor() + " " + handshake.getFieldValue("Authorization"));
        if (code != 0) {
            socket.close(code, reason);
            return;
        }
        socket.send("hello\n".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void onMessage(WebSocket socket, String message) {
        seen.add(message);
        socket.send("end");
    }

    @Override
    public void onMessage(WebSocket socket, ByteBuffer message) {
        seen.add(StandardCharsets.UTF_8.decode(message.duplicate()).toString());
        socket.send(message);
    }

    @Override
    public void onClose(WebSocket socket, int closed, String why, boolean remote) {}

    @Override
    public void onError(@Nullable WebSocket socket, Exception e) {}

    @Override
    public void onStart() {
        started.countDown();
    }

    @Override
    public void close() throws InterruptedException {
        stop(500);
    }
}
