package io.anemone.cli.tunnel;

import io.anemone.cli.api.Api;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Carries bytes between this process and a guest: binary messages are bytes, and the text {@code end} says that no more
 * come from that side. No more is asked for than was written, and no more is read than was sent.
 */
public final class Tunnel {

    private static final String END = "end";
    private static final int PIECE = 32 * 1024;

    /** Close codes of the server's own: this and an HTTP status. */
    private static final int REFUSED = 4000;

    private static final int UNAUTHORIZED = 401;

    /** Reads what is typed, and may end it. */
    @FunctionalInterface
    public interface Filter {
        /** @return how many of the bytes are to be sent; fewer than there are ends the tunnel after them */
        int sent(byte[] bytes, int count);

        Filter ALL = (bytes, count) -> count;
    }

    private final InputStream in;
    private final OutputStream out;
    private final Filter filter;

    /** Why it is over: a close code and its reason, or null where it simply ended. */
    private final CompletableFuture<@Nullable CliException> over = new CompletableFuture<>();

    public Tunnel(InputStream in, OutputStream out, Filter filter) {
        this.in = in;
        this.out = out;
        this.filter = filter;
    }

    /**
     * Returns when the guest has said its last.
     *
     * @param path of the API
     * @throws CliException if it cannot be opened, or ends badly
     */
    public void carry(Api api, String path) {
        WebSocket socket = api.socket(path, new Listener());
        Thread.ofVirtual().start(() -> send(socket));
        CliException failure;
        try {
            failure = over.join();
        } catch (CompletionException e) {
            failure = broken();
        }
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                .exceptionally(late -> socket)
                .join();
        if (failure != null) {
            throw failure;
        }
    }

    private void send(WebSocket socket) {
        byte[] piece = new byte[PIECE];
        try {
            while (true) {
                int count = in.read(piece);
                if (count < 0) {
                    socket.sendText(END, true).get();
                    return;
                }
                int sent = filter.sent(piece, count);
                if (sent > 0) {
                    socket.sendBinary(ByteBuffer.wrap(Arrays.copyOf(piece, sent)), true)
                            .get();
                }
                if (sent < count) {
                    over.complete(null);
                    return;
                }
            }
        } catch (IOException e) {
            over.complete(null);
        } catch (ExecutionException e) {
            over.complete(broken());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static CliException broken() {
        return new CliException(ExitCode.UNREACHABLE, "The connection broke.", "try again");
    }

    private static @Nullable CliException failure(int code, String reason) {
        if (code == WebSocket.NORMAL_CLOSURE) {
            return null;
        }
        String sentence = reason.isEmpty() ? "The connection was closed (code " + code + ")." : reason;
        return new CliException(code == REFUSED + UNAUTHORIZED ? ExitCode.NOT_LOGGED_IN : ExitCode.REFUSED, sentence);
    }

    private final class Listener implements WebSocket.Listener {

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            try {
                // Waits for whoever reads; meanwhile nothing more is asked for.
                out.write(bytes);
                out.flush();
            } catch (IOException e) {
                over.complete(null);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            if (END.contentEquals(data)) {
                over.complete(null);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            over.complete(failure(code, reason));
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            over.complete(broken());
        }
    }
}
