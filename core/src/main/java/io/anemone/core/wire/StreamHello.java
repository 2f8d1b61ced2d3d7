package io.anemone.core.wire;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The first message on a stream's own WebSocket, as text: the agent says which it is. Everything after it is the
 * stream: binary messages are its bytes, and the text {@link #END} says that no more come from that side.
 *
 * @param token   of the {@link StreamOrder}
 * @param failure why the guest cannot be reached, in one sentence; null if it is
 */
public record StreamHello(
        UUID stream, String token, @Nullable String failure) {

    /** The text message that ends one direction of a stream; the other may go on. */
    public static final String END = "end";

    /** No message of a stream is larger, so that what waits at a slow reader's is little. */
    public static final int MAX_MESSAGE_BYTES = 32 * 1024;

    public StreamHello {
        Objects.requireNonNull(stream);
        Objects.requireNonNull(token);
    }

    @Override
    public String toString() {
        return "StreamHello[stream=" + stream + ", failure=" + failure + "]";
    }
}
