package io.anemone.agent.stream;

import io.anemone.core.wire.StreamHello;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Carries bytes both ways between a guest and a WebSocket, until either is over. Each direction holds little and waits
 * for its reader: from the guest no more is read than was sent, and from the WebSocket no more is asked for than the
 * guest has taken.
 */
final class Pump implements WebSocket.Listener {

    private static final Duration PING_EVERY = Duration.ofSeconds(15);
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(60);

    /** After the guest said its last, for the other side to say that it has heard it. */
    private static final Duration LINGER = Duration.ofSeconds(10);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    /** Messages that may come before the first of them was taken. */
    private static final int AHEAD = 4;

    private record Piece(ByteBuffer bytes, CompletableFuture<Void> taken) {}

    private final Target target;
    private final LinkedBlockingQueue<Optional<Piece>> incoming = new LinkedBlockingQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile long heard = System.nanoTime();
    private volatile boolean writing;
    private boolean deaf;

    Pump(Target target) {
        this.target = target;
    }

    /** Returns when both are closed. */
    void run(WebSocket socket) throws InterruptedException {
        Thread.ofVirtual().name("stream-out").start(() -> fromGuest(socket));
        Thread.ofVirtual().name("stream-in").start(() -> toGuest(socket));
        try {
            watch(socket);
        } finally {
            over.countDown();
            incoming.add(Optional.empty());
            target.close();
            close(socket);
        }
    }

    private void watch(WebSocket socket) throws InterruptedException {
        while (!over.await(PING_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
            // While the guest does not read, nothing is asked for, and no pong can come.
            if (!writing && System.nanoTime() - heard > SILENCE_LIMIT.toNanos()) {
                return;
            }
            socket.sendPing(ByteBuffer.allocate(0)).whenComplete((sent, failed) -> {
                if (failed != null) {
                    over.countDown();
                }
            });
        }
    }

    /** The other side's answer is waited for: a connection that is cut can take the last words along. */
    private void close(WebSocket socket) throws InterruptedException {
        try {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            closed.await(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // It is closed already, or its peer does not read.
        } finally {
            socket.abort();
        }
    }

    private void fromGuest(WebSocket socket) {
        ByteBuffer buffer = ByteBuffer.allocate(StreamHello.MAX_MESSAGE_BYTES);
        try {
            while (target.read(buffer) >= 0) {
                socket.sendBinary(buffer.flip(), true).get();
                buffer.clear();
            }
            socket.sendText(StreamHello.END, true).get();
            over.await(LINGER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException | ExecutionException e) {
            // One of the two is gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            over.countDown();
        }
    }

    private void toGuest(WebSocket socket) {
        try {
            while (true) {
                Optional<Piece> next = incoming.take();
                if (next.isEmpty()) {
                    if (over.getCount() == 0) {
                        return;
                    }
                    endOfInput();
                    continue;
                }
                Piece piece = next.get();
                writing = true;
                write(piece.bytes());
                writing = false;
                heard = System.nanoTime();
                piece.taken().complete(null);
                socket.request(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A guest that hears nothing any more may still have something to say. */
    private void write(ByteBuffer bytes) {
        if (deaf) {
            return;
        }
        try {
            target.write(bytes);
        } catch (IOException e) {
            deaf = true;
        }
    }

    private void endOfInput() {
        try {
            target.endOfInput();
        } catch (IOException e) {
            deaf = true;
        }
    }

    @Override
    public void onOpen(WebSocket socket) {
        socket.request(AHEAD);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        heard = System.nanoTime();
        Piece piece = new Piece(data, new CompletableFuture<>());
        incoming.add(Optional.of(piece));
        return piece.taken();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        heard = System.nanoTime();
        if (last && StreamHello.END.contentEquals(data)) {
            incoming.add(Optional.empty());
        }
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
        heard = System.nanoTime();
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
        heard = System.nanoTime();
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        over.countDown();
        closed.countDown();
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        closed.countDown();
        over.countDown();
    }
}
