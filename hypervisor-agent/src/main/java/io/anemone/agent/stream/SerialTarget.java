package io.anemone.agent.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A guest's serial console. What it says is read from its log, so that the recent past and the present are one text
 * without a seam, however many look at it and however slowly they read; what is typed goes to its {@link SerialLine}.
 */
final class SerialTarget implements Target {

    /** How much of the past is shown first. */
    static final int TAIL_BYTES = 32 * 1024;

    /** Short enough that who types sees the echo at once. */
    private static final long LOOK_MILLIS = 20;

    private final Path file;
    private final SerialLine line;
    private volatile FileChannel log;
    private long position;
    private volatile boolean closed;

    private SerialTarget(Path file, FileChannel log, long position, SerialLine line) {
        this.file = file;
        this.log = log;
        this.position = position;
        this.line = line;
    }

    /** @param line is let go of when the target is closed */
    static SerialTarget open(Path file, SerialLine line) throws IOException {
        FileChannel log = FileChannel.open(file, StandardOpenOption.READ);
        return new SerialTarget(file, log, Math.max(0, log.size() - TAIL_BYTES), line);
    }

    @Override
    public int read(ByteBuffer into) throws IOException, InterruptedException {
        while (!closed) {
            if (log.size() < position) {
                // It had grown long, and was begun anew.
                reopen();
            }
            int count = log.read(into, position);
            if (count > 0) {
                position += count;
                return count;
            }
            if (line.over()) {
                return -1;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return -1;
    }

    private void reopen() throws IOException {
        FileChannel fresh = FileChannel.open(file, StandardOpenOption.READ);
        Closing.quietly(log);
        log = fresh;
        position = 0;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        line.type(bytes);
    }

    /** A console has no end of input: who types no more may still look. */
    @Override
    public void endOfInput() {}

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        line.release();
        Closing.quietly(log);
    }
}
