package io.anemone.agent.vm;

import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.wire.AgentMessage;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** Follows one guest's console log, and keeps it from growing without end. */
public final class ConsoleTail {

    /** Takes a piece of a console. */
    @FunctionalInterface
    public interface Sink {
        /** @return whether it was taken; otherwise it is offered again */
        boolean take(AgentMessage.Console piece);
    }

    private static final System.Logger LOG = System.getLogger(ConsoleTail.class.getName());
    private static final int PIECE = 64 * 1024;
    private static final long KEEP_BYTES = 4L << 20;
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final DomainId id;
    private final Path file;
    private final Sink sink;
    private Instant next = Instant.MIN;
    /** Bytes of this console before the first one in the file. */
    private long before;

    private long position;
    private boolean unreadable;

    ConsoleTail(DomainId id, Path file, Sink sink) {
        this.id = id;
        this.file = file;
        this.sink = sink;
    }

    /** Passes on what is new, at most once a second. */
    void poll(Instant now) {
        if (!unreadable && !now.isBefore(next) && passOn()) {
            next = now.plus(EVERY);
        }
    }

    /** Passes on the last of it. */
    void finish() {
        if (!unreadable) {
            passOn();
        }
    }

    private boolean passOn() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < position) {
                // Whoever writes it began anew.
                before += position;
                position = 0;
            }
            if (size == position) {
                return false;
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(PIECE, size - position));
            int count = channel.read(bytes, position);
            String base64 = Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), Math.max(count, 0)));
            if (count <= 0 || !sink.take(new AgentMessage.Console(id.vm(), id.attempt(), before + position, base64))) {
                return false;
            }
            position += count;
            truncateWhenLong();
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            unreadable = true;
            LOG.log(Level.WARNING, "the console log cannot be read (vm: " + id + "): " + e.getMessage());
            return false;
        }
    }

    /** The writer appends, so that it goes on at the new end. */
    private void truncateWhenLong() throws IOException {
        if (position < KEEP_BYTES) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (channel.size() > position) {
                return;
            }
            channel.truncate(0);
        }
        before += position;
        position = 0;
    }
}
