package io.anemone.agent.cache;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Shared locks on entries, each held once by this process for as long as anybody here uses the entry. */
final class SharedLocks {

    private static final class Counted {
        final FileLocks.Lock lock;
        int users = 1;

        Counted(FileLocks.Lock lock) {
            this.lock = lock;
        }
    }

    private final Map<Path, Counted> held = new HashMap<>();
    private final Map<Path, Path> entryOf = new HashMap<>();

    /**
     * @param use whose it is; each has one entry at most
     * @return false if it is just being removed
     */
    synchronized boolean take(Path entry, Path use) throws IOException {
        release(use);
        Counted known = held.get(entry);
        if (known != null) {
            known.users++;
        } else {
            Optional<FileLocks.Lock> lock = FileLocks.tryShared(entry);
            if (lock.isEmpty()) {
                return false;
            }
            held.put(entry, new Counted(lock.get()));
        }
        entryOf.put(use, entry);
        return true;
    }

    /** Of everything below a directory, or of one use. */
    synchronized void releaseBelow(Path directory) throws IOException {
        for (Path use : entryOf.keySet().stream()
                .filter(use -> use.startsWith(directory))
                .toList()) {
            release(use);
        }
    }

    synchronized void release(Path use) throws IOException {
        Path entry = entryOf.remove(use);
        Counted counted = entry == null ? null : held.get(entry);
        if (entry != null && counted != null && --counted.users == 0) {
            held.remove(entry);
            counted.lock.close();
        }
    }
}
