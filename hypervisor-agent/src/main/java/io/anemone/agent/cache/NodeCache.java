package io.anemone.agent.cache;

import io.anemone.agent.cache.Held.Origin;
import io.anemone.core.error.ErrorCode;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Content of images on this node: in this account's own part, or in the part of an account that is trusted. However many
 * ask for it at once, in this process and in others, it is copied once; who waits takes over when the one who copies is
 * killed.
 *
 * <p>An entry of one's own is linked into the job's directory, where it stays for as long as that does. A link needs the
 * same file system and one's own file (see fs.protected_hardlinks in proc(5)); any other entry is used in place, under a
 * lock that keeps it from being removed.
 */
public final class NodeCache {

    private static final System.Logger LOG = System.getLogger(NodeCache.class.getName());
    private static final long LOOK_MILLIS = 100;
    private static final int TRIES = 3;

    private final Path parent;
    private final List<String> trusted;
    private final CacheLimits limits;
    private final SharedLocks uses = new SharedLocks();
    private final Map<Blob, Integer> waitedFor = new ConcurrentHashMap<>();

    /**
     * @param parent  where each account makes its part; nothing is made before something is to be kept
     * @param trusted accounts whose word on what content is is taken, besides one's own
     */
    public NodeCache(Path parent, List<String> trusted, CacheLimits limits) {
        this.parent = parent;
        this.trusted = List.copyOf(trusted);
        this.limits = limits;
    }

    /**
     * Content that can be read until it is released. Takes as long as its copy does.
     *
     * @param link a path in a directory of one's own that may become a link to it
     * @throws InterruptedException also when nobody wants it any more, as {@code watch} says
     */
    public Held hold(Blob blob, Shelf shelf, ImageSource source, Path link, CopyWatch watch)
            throws CacheException, InterruptedException {
        waitedFor.merge(blob, 1, Integer::sum);
        try {
            return whileThePartIsThere(() -> obtain(blob, shelf, source, link, watch));
        } finally {
            waitedFor.computeIfPresent(blob, (which, waiting) -> waiting == 1 ? null : waiting - 1);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException, CacheException, InterruptedException;
    }

    /** An epilog removes an account's part with its last job, which may be just before this one began. */
    private <T> T whileThePartIsThere(Work<T> work) throws CacheException, InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                return work.run();
            } catch (IOException e) {
                if (tries == TRIES || !(e instanceof NoSuchFileException)) {
                    throw new CacheException(
                            full(e) ? ErrorCode.NODE_STORAGE_FULL : ErrorCode.HYPERVISOR_FAILED,
                            "The image cannot be kept on the node (" + e.getMessage() + ")",
                            e);
                }
            }
        }
    }

    /** Whether somebody in this process wants it now. */
    public boolean isWaitedFor(Blob blob) {
        return waitedFor.containsKey(blob);
    }

    /** Whether it is here now; it may be gone in a moment. */
    public boolean has(Blob blob, Shelf shelf) {
        try {
            CachePart part = part();
            return Files.exists(part.entry(shelf, blob), LinkOption.NOFOLLOW_LINKS)
                    || elsewhere(blob, shelf).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Brings content here that somebody may want later.
     *
     * @return false if it was here, or somebody else is bringing it
     */
    public boolean fetch(Blob blob, Shelf shelf, ImageSource source, CopyWatch watch)
            throws CacheException, InterruptedException {
        return whileThePartIsThere(
                () -> !has(blob, shelf) && copyUnlessCopied(part(), blob, shelf, source, watch) == Origin.COPIED);
    }

    /** What is held for paths below this directory may be removed from now on; links are the caller's to remove. */
    public void releaseBelow(Path directory) throws IOException {
        uses.releaseBelow(directory);
    }

    /** Removes what was left of copies that nobody goes on with, and what is over the quota. */
    public void tidy() throws IOException, InterruptedException {
        if (Files.exists(parent.resolve("cache-" + CachePart.self().getName()), LinkOption.NOFOLLOW_LINKS)) {
            new Room(part(), limits).tidy();
        }
    }

    private Held obtain(Blob blob, Shelf shelf, ImageSource source, Path link, CopyWatch watch)
            throws IOException, CacheException, InterruptedException {
        Origin origin = Origin.CACHED;
        while (true) {
            Optional<Path> there = here(blob, shelf, link);
            if (there.isEmpty()) {
                there = elsewhere(blob, shelf, link);
            }
            if (there.isPresent()) {
                return new Held(there.get(), origin);
            }
            if (watch.abandoned()) {
                throw new AbandonedException();
            }
            Origin came = copyUnlessCopied(part(), blob, shelf, source, watch);
            if (came.compareTo(origin) > 0) {
                origin = came;
            }
        }
    }

    /** @return COPIED if it was copied, CACHED if it was there already, WAITED if somebody else is still copying it */
    private Origin copyUnlessCopied(CachePart part, Blob blob, Shelf shelf, ImageSource source, CopyWatch watch)
            throws IOException, CacheException, InterruptedException {
        Optional<FileLocks.Lock> copying = FileLocks.tryLock(part.copyLock(blob));
        if (copying.isEmpty()) {
            watch.waited(sizeOf(part.partial(shelf, blob)));
            Thread.sleep(LOOK_MILLIS);
            return Origin.WAITED;
        }
        try (FileLocks.Lock lock = copying.get()) {
            if (Files.exists(part.entry(shelf, blob), LinkOption.NOFOLLOW_LINKS)) {
                return Origin.CACHED;
            }
            Room room = new Room(part, limits);
            Path partial = room.reserve(shelf, blob);
            long from = sizeOf(partial);
            new Copy(blob, source, watch, limits).into(partial);
            room.keep(partial, shelf, blob);
            LOG.log(
                    Level.INFO,
                    "copied to the cache (sha256: " + blob.sha256() + ", bytes: " + blob.bytes() + ", resumed at: "
                            + from + ", from: " + source.name() + ")");
            return Origin.COPIED;
        }
    }

    /** From one's own part. */
    private Optional<Path> here(Blob blob, Shelf shelf, Path link) throws IOException, InterruptedException {
        CachePart part = part();
        Room room = new Room(part, limits);
        Path entry = part.entry(shelf, blob);
        try {
            Optional<Path> held = linkedOrLocked(room, entry, blob, shelf, link);
            // libvirt gives files to the account that QEMU runs as: what that account could change is read again.
            if (held.isEmpty() || part.vouchesFor(entry, blob) || Digest.matches(held.get(), blob)) {
                return held;
            }
            LOG.log(Level.WARNING, "was changed in the cache, and is removed: " + entry);
        } catch (AccessDeniedException e) {
            LOG.log(Level.INFO, "cannot be read any more in the cache, and is removed: " + entry);
        }
        uses.release(link);
        Files.deleteIfExists(link);
        room.discard(shelf, blob);
        return Optional.empty();
    }

    private Optional<Path> linkedOrLocked(Room room, Path entry, Blob blob, Shelf shelf, Path link)
            throws IOException, InterruptedException {
        try {
            return room.link(shelf, blob, link) ? Optional.of(link) : Optional.empty();
        } catch (FileSystemException e) {
            if (!Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
            // Another file system, or another account's file by now: no link goes there.
            return uses.take(entry, link) ? Optional.of(entry) : Optional.empty();
        }
    }

    /** From the part of an account that is trusted. */
    private Optional<Path> elsewhere(Blob blob, Shelf shelf, Path link) throws IOException {
        Optional<Path> entry = elsewhere(blob, shelf);
        try {
            // Once it is locked nobody removes it; before that, somebody may have.
            return entry.isPresent()
                            && uses.take(entry.get(), link)
                            && elsewhere(blob, shelf).equals(entry)
                    ? entry
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Optional<Path> elsewhere(Blob blob, Shelf shelf) throws IOException {
        if (!(shelf instanceof Shelf.Open)) {
            return Optional.empty();
        }
        for (String account : trusted) {
            Optional<CachePart> part = CachePart.of(parent, account);
            if (part.isPresent()) {
                Path entry = part.get().entry(shelf, blob);
                if (part.get().vouchesFor(entry, blob)) {
                    return Optional.of(entry);
                }
            }
        }
        return Optional.empty();
    }

    /** Made anew each time it is gone: an epilog removes it with the account's last job, which may be another's. */
    private CachePart part() throws IOException {
        return CachePart.own(parent);
    }

    private static long sizeOf(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private boolean full(IOException cause) {
        try {
            return Files.getFileStore(parent).getUsableSpace() < limits.spare();
        } catch (IOException e) {
            return cause instanceof FileSystemException;
        }
    }
}
