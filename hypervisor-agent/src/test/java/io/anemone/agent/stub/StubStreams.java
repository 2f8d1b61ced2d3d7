package io.anemone.agent.stub;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;

/** The end that an orchestrator has of one stream. */
public final class StubStreams extends WebSocketServer implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<byte[]> pieces = new LinkedBlockingQueue<>();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable WebSocket agent;
    private volatile @Nullable CountDownLatch held;

    public StubStreams() throws InterruptedException {
        super(new InetSocketAddress("127.0.0.1", 0));
        setDaemon(true);
        start();
        if (!started.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the stub did not start");
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + getPort());
    }

    public List<String> paths() {
        return paths;
    }

    /** The next text message: the hello first. */
    public String text() throws InterruptedException {
        String text = texts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (text == null) {
            throw new AssertionError("no text message came");
        }
        return text;
    }

    /** All that comes until it holds so many bytes. */
    public byte[] bytes(int count) throws InterruptedException {
        ByteBuffer all = ByteBuffer.allocate(count);
        while (all.hasRemaining()) {
            byte[] next = pieces.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("only " + all.position() + " bytes came");
            }
            all.put(next, 0, Math.min(next.length, all.remaining()));
        }
        return all.array();
    }

    /** Whatever comes until it holds this. */
    public String until(String wanted) throws InterruptedException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(wanted) < 0) {
            byte[] next = pieces.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("'" + wanted + "' did not come, but: " + text);
            }
            text.append(new String(next, java.nio.charset.StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    public void send(byte[] bytes) {
        open().send(bytes);
    }

    public void send(String text) {
        open().send(text);
    }

    public void disconnect() {
        open().close();
    }

    /** Reads nothing until {@link #readAgain}. */
    public void stopReading() {
        held = new CountDownLatch(1);
    }

    public void readAgain() {
        CountDownLatch latch = held;
        if (latch != null) {
            held = null;
            latch.countDown();
        }
    }

    public boolean closed() throws InterruptedException {
        return closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private WebSocket open() {
        WebSocket socket = agent;
        if (socket == null) {
            throw new IllegalStateException("no stream was brought");
        }
        return socket;
    }

    @Override
    public void onOpen(WebSocket socket, ClientHandshake handshake) {
        agent = socket;
        paths.add(handshake.getResourceDescriptor());
    }

    @Override
    public void onMessage(WebSocket socket, String message) {
        texts.add(message);
    }

    @Override
    public void onMessage(WebSocket socket, ByteBuffer message) {
        CountDownLatch latch = held;
        if (latch != null) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        pieces.add(bytes);
    }

    @Override
    public void onClose(WebSocket socket, int code, String reason, boolean remote) {
        closed.countDown();
    }

    @Override
    public void onError(@Nullable WebSocket socket, Exception e) {}

    @Override
    public void onStart() {
        started.countDown();
    }

    @Override
    public void close() throws InterruptedException {
        readAgain();
        stop(500);
    }
}
