package io.anemone.agent.link;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection: a queue of what goes out, written by one thread, and a watch over what comes in. A peer that was
 * silent for {@link #IDLE_LIMIT}, pongs included, is dead.
 */
final class Connection implements WebSocket.Listener {

    private static final Duration PING_EVERY = Duration.ofSeconds(4);
    private static final Duration IDLE_LIMIT = Duration.ofSeconds(12);
    private static final Duration WRITE_LIMIT = Duration.ofSeconds(10);
    private static final int MAX_MESSAGE_CHARS = 64 * 1024 * 1024;

    private final BiConsumer<Connection, String> received;
    private final BlockingQueue<String> outgoing = new LinkedBlockingQueue<>();
    private final AtomicInteger unsent = new AtomicInteger();
    private final StringBuilder partial = new StringBuilder();
    private volatile long lastHeard = System.nanoTime();
    private volatile boolean welcomed;
    private volatile @Nullable String over;
    private volatile @Nullable WebSocket socket;

    Connection(BiConsumer<Connection, String> received) {
        this.received = received;
    }

    void opened(WebSocket opened) {
        socket = opened;
    }

    void welcome() {
        welcomed = true;
    }

    boolean welcomed() {
        return welcomed && over == null;
    }

    void send(String text) {
        unsent.incrementAndGet();
        outgoing.add(text);
    }

    /** Writes and watches until the connection is over. @return why it is */
    String serve() throws InterruptedException {
        WebSocket open = socket;
        if (open == null) {
            throw new IllegalStateException("not opened");
        }
        long lastPing = System.nanoTime();
        while (true) {
            String why = over;
            if (why != null) {
                return why;
            }
            if (System.nanoTime() - lastHeard > IDLE_LIMIT.toNanos()) {
                return "the orchestrator was silent for " + IDLE_LIMIT.toSeconds() + " s";
            }
            String next = outgoing.poll(500, TimeUnit.MILLISECONDS);
            try {
                if (next != null && !next.isEmpty()) {
                    open.sendText(next, true).get(WRITE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
                    unsent.decrementAndGet();
                }
                if (System.nanoTime() - lastPing > PING_EVERY.toNanos()) {
                    lastPing = System.nanoTime();
                    open.sendPing(ByteBuffer.allocate(0)).get(WRITE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
                }
            } catch (ExecutionException | TimeoutException e) {
                String said = over;
                return said != null ? said : "cannot send to the orchestrator";
            }
        }
    }

    boolean flush(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (unsent.get() > 0 && over == null && System.nanoTime() < end) {
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return unsent.get() == 0;
    }

    void fail(String why) {
        over = why;
        // Wakes the writing thread.
        outgoing.add("");
    }

    void close() {
        WebSocket open = socket;
        if (open != null) {
            open.sendClose(WebSocket.NORMAL_CLOSURE, "");
        }
        fail("closed");
    }

    @Override
    public void onOpen(WebSocket webSocket) {
        webSocket.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        lastHeard = System.nanoTime();
        partial.append(data);
        if (partial.length() > MAX_MESSAGE_CHARS) {
            fail("a message longer than " + MAX_MESSAGE_CHARS + " characters");
            return null;
        }
        if (last) {
            String text = partial.toString();
            partial.setLength(0);
            received.accept(this, text);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
        lastHeard = System.nanoTime();
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
        lastHeard = System.nanoTime();
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        fail("the orchestrator closed the connection (" + statusCode + (reason.isEmpty() ? "" : " " + reason) + ")");
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        fail("the connection broke: " + error.getMessage());
    }
}
