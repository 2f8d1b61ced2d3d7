package io.anemone.agent.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The one connection that QEMU takes at a guest's serial console, shared by all who type. What comes out of it is in the
 * guest's log as well, and is thrown away here: unread, it would hold up the guest. The connection is there only as long
 * as somebody is.
 */
final class SerialLine {

    private final SocketChannel socket;
    private final Consumer<SerialLine> released;
    private final Object typing = new Object();
    private volatile boolean over;

    /** How many hold it; {@link SerialLines} counts. */
    int users;

    private SerialLine(SocketChannel socket, Consumer<SerialLine> released) {
        this.socket = socket;
        this.released = released;
    }

    /** @param released called each time that one of its users lets go of it */
    static SerialLine open(Path path, Consumer<SerialLine> released) throws IOException {
        SerialLine line = new SerialLine(SocketTarget.connected(path), released);
        Thread.ofVirtual().name("serial").start(line::drain);
        return line;
    }

    private void drain() {
        ByteBuffer unused = ByteBuffer.allocate(4096);
        try {
            while (socket.read(unused) >= 0) {
                unused.clear();
            }
        } catch (IOException e) {
            // Closed from here, or with the guest.
        } finally {
            over = true;
            Closing.quietly(socket);
        }
    }

    /** Whether the guest, or the last of its users, is gone. */
    boolean over() {
        return over;
    }

    /** What one types is not torn by what another does. */
    void type(ByteBuffer bytes) throws IOException {
        synchronized (typing) {
            while (bytes.hasRemaining()) {
                socket.write(bytes);
            }
        }
    }

    void release() {
        released.accept(this);
    }

    void close() {
        Closing.quietly(socket);
    }
}
