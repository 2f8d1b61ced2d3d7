package io.anemone.orchestrator.stream;

import io.anemone.core.wire.StreamHello;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * One end of a stream: a WebSocket, whose handlers run on its own event loop. What it says is passed on in the order in
 * which it came; it is not read while so much of that has not gone out yet that more would pile up here.
 */
final class End {

    /** Frames that may be on their way out; each is at most 64 KiB long. */
    private static final int MOST_ON_THE_WAY = 8;

    private final ServerWebSocket socket;
    private final Context context;
    private final Clock clock;
    private volatile Instant heardAt;
    private volatile Instant saidAt;
    private volatile boolean paused;

    /** Frames of the other end that have not gone out here yet. */
    private volatile int unsent;

    /** Frames of this one that have not gone out there yet; known to its event loop alone. */
    private int onTheWay;

    /** Called on the socket's event loop. It is not read yet. */
    End(ServerWebSocket socket, Context context, Clock clock) {
        this.socket = socket;
        this.context = context;
        this.clock = clock;
        this.heardAt = clock.instant();
        this.saidAt = heardAt;
        socket.pause();
        socket.pongHandler(pong -> heardAt = clock.instant());
        // What breaks is closed as well.
        socket.exceptionHandler(broken -> {});
    }

    void onClose(Runnable closed) {
        context.runOnContext(v -> {
            if (socket.isClosed()) {
                closed.run();
            } else {
                socket.closeHandler(x -> closed.run());
            }
        });
    }

    /** From now on, what it says goes to the other. */
    void passOnTo(End other, Runnable notUnderstood) {
        context.runOnContext(v -> {
            if (socket.isClosed()) {
                return;
            }
            socket.frameHandler(frame -> pass(frame, other, notUnderstood));
            socket.resume();
        });
    }

    private void pass(WebSocketFrame frame, End other, Runnable notUnderstood) {
        heardAt = clock.instant();
        if (frame.isBinary() || frame.isContinuation()) {
            saidAt = heardAt;
            pass(frame.binaryData(), other);
        } else if (frame.isText()) {
            if (frame.isFinal() && StreamHello.END.equals(frame.textData())) {
                other.socket.writeTextMessage(StreamHello.END);
            } else {
                notUnderstood.run();
            }
        }
    }

    private void pass(Buffer bytes, End other) {
        counted(onTheWay + 1, other);
        if (onTheWay >= MOST_ON_THE_WAY) {
            paused = true;
            socket.pause();
        }
        other.socket
                .writeBinaryMessage(bytes)
                .onComplete(sent -> context.runOnContext(v -> {
                    counted(onTheWay - 1, other);
                    if (paused && onTheWay <= MOST_ON_THE_WAY / 2) {
                        paused = false;
                        socket.resume();
                    }
                }));
    }

    private void counted(int frames, End other) {
        onTheWay = frames;
        other.unsent = frames;
    }

    void ping() {
        if (!socket.isClosed()) {
            socket.writePing(Buffer.buffer());
        }
    }

    /** An end that is not read, or does not read, cannot answer: TCP finds out by itself whether it is there. */
    boolean silentSince(Instant then) {
        return !paused && unsent == 0 && heardAt.isBefore(then);
    }

    boolean idleFor(Duration limit, Instant now) {
        return saidAt.plus(limit).isBefore(now);
    }

    void close(CloseReason reason) {
        if (!socket.isClosed()) {
            socket.close(reason.code(), reason.text());
        }
    }
}
