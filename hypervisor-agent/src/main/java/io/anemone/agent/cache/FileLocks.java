package io.anemone.agent.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Locks between processes (fcntl(2)): the kernel lets go of them when the process ends, however it does.
 *
 * <p>They belong to the process, and closing <em>any</em> descriptor of the file gives them up. So no file is opened twice
 * here, and this is the one place in the program where locked files are opened.
 */
final class FileLocks {

    private static final Set<Path> TAKEN = new HashSet<>();

    private FileLocks() {}

    /** Let go of by closing it. */
    static final class Lock implements AutoCloseable {

        private final Path path;
        private final FileChannel channel;

        private Lock(Path path, FileChannel channel) {
            this.path = path;
            this.channel = channel;
        }

        @Override
        public void close() throws IOException {
            synchronized (TAKEN) {
                try {
                    channel.close();
                } finally {
                    TAKEN.remove(path);
                }
            }
        }
    }

    /** A file whose only purpose is its lock; it is made if it is not there. Empty while somebody else has it. */
    static Optional<Lock> tryLock(Path file) throws IOException {
        return attempt(
                file, false, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }

    /** Empty if anybody has it open with a lock of any kind: an agent, or the QEMU of a guest that runs on it. */
    static Optional<Lock> tryAlone(Path file) throws IOException {
        return attempt(file, false, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }

    /** Together with others; the file need not be one's own. Empty if somebody has it alone, to remove it. */
    static Optional<Lock> tryShared(Path file) throws IOException {
        return attempt(file, true, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    /** Waits for a lock that is only ever held for moments. */
    static Lock await(Path file) throws IOException, InterruptedException {
        while (true) {
            Optional<Lock> lock = tryLock(file);
            if (lock.isPresent()) {
                return lock.get();
            }
            Thread.sleep(1);
        }
    }

    private static Optional<Lock> attempt(Path file, boolean shared, Set<OpenOption> options) throws IOException {
        synchronized (TAKEN) {
            if (TAKEN.contains(file)) {
                return Optional.empty();
            }
            FileChannel channel = FileChannel.open(
                    file, options, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            boolean kept = false;
            try {
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
                kept = lock != null && TAKEN.add(file);
                return kept ? Optional.of(new Lock(file, channel)) : Optional.empty();
            } finally {
                if (!kept) {
                    channel.close();
                }
            }
        }
    }
}
