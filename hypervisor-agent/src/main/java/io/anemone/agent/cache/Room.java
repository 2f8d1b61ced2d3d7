package io.anemone.agent.cache;

import io.anemone.core.error.ErrorCode;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Keeps a part within its quota. What is being copied counts with all of its size from the start. An entry that a job
 * has linked, or that anybody has locked, is never removed; of the others the least recently used go first.
 *
 * <p>All of it is done by one process at a time: nobody can link what is just being removed.
 */
final class Room {

    private static final System.Logger LOG = System.getLogger(Room.class.getName());

    private record Entry(Path path, long bytes, int links, FileTime used) {}

    private final CachePart part;
    private final CacheLimits limits;

    Room(CachePart part, CacheLimits limits) {
        this.part = part;
        this.limits = limits;
    }

    /**
     * Makes an empty file for content that is to be copied, or finds the one that was left; its room is reserved.
     *
     * @throws CacheException if there is none
     */
    Path reserve(Shelf shelf, Blob blob) throws IOException, InterruptedException, CacheException {
        if (blob.bytes() > limits.quota()) {
            throw new CacheException(
                    ErrorCode.IMAGE_CACHE_FULL,
                    "The image has " + blob.bytes() + " bytes, more than the node's cache may ever hold ("
                            + limits.quota() + ")");
        }
        try (FileLocks.Lock lock = FileLocks.await(part.contentLock())) {
            part.ensure(shelf);
            Path partial = part.partial(shelf, blob);
            boolean reserved = Files.exists(partial, LinkOption.NOFOLLOW_LINKS);
            long there = reserved ? Files.size(partial) : 0;
            makeRoom(reserved ? 0 : blob.bytes(), Math.max(0, blob.bytes() - there));
            if (!reserved) {
                create(partial);
            }
            return partial;
        }
    }

    /** A verified copy becomes an entry. */
    void keep(Path partial, Shelf shelf, Blob blob) throws IOException, InterruptedException {
        Files.setPosixFilePermissions(partial, shelf.fileMode());
        try (FileLocks.Lock lock = FileLocks.await(part.contentLock())) {
            Files.move(partial, part.entry(shelf, blob), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /**
     * Links an entry to a job's own directory, where it stays whatever becomes of the entry.
     *
     * @return false if it is not there
     */
    boolean link(Shelf shelf, Blob blob, Path link) throws IOException, InterruptedException {
        try (FileLocks.Lock lock = FileLocks.await(part.contentLock())) {
            Path entry = part.entry(shelf, blob);
            Files.deleteIfExists(link);
            try {
                if (Files.size(entry) != blob.bytes()) {
                    Files.delete(entry);
                    return false;
                }
                noteUse(entry);
                Files.createLink(link, entry);
                return true;
            } catch (NoSuchFileException e) {
                return false;
            }
        }
    }

    private static void noteUse(Path entry) throws IOException {
        try {
            Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
        } catch (FileSystemException e) {
            // libvirt gave it to QEMU's account: that QEMU reads it counts then.
            if (!Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
    }

    /** Content that is not what its name says. */
    void discard(Shelf shelf, Blob blob) throws IOException, InterruptedException {
        try (FileLocks.Lock lock = FileLocks.await(part.contentLock())) {
            Files.deleteIfExists(part.entry(shelf, blob));
        }
    }

    /** Removes what copies that were broken off long ago left, and what is over the quota. */
    void tidy() throws IOException, InterruptedException {
        try (FileLocks.Lock lock = FileLocks.await(part.contentLock())) {
            for (Entry partial : list(part.partials())) {
                if (partial.used().toInstant().isBefore(Instant.now().minus(limits.abandoned()))) {
                    removeAbandoned(partial.path());
                }
            }
            evict(used() - limits.quota());
        }
    }

    private void removeAbandoned(Path partial) throws IOException {
        Optional<Blob> blob = blobOf(partial);
        if (blob.isEmpty()) {
            Files.deleteIfExists(partial);
            return;
        }
        Optional<FileLocks.Lock> copying = FileLocks.tryLock(part.copyLock(blob.get()));
        if (copying.isPresent()) {
            try (FileLocks.Lock nobody = copying.get()) {
                Files.deleteIfExists(partial);
            }
        }
    }

    private void makeRoom(long more, long toWrite) throws IOException, CacheException {
        long over = used() + more - limits.quota();
        long freed = evict(over);
        if (freed < over) {
            throw new CacheException(
                    ErrorCode.IMAGE_CACHE_FULL,
                    "The node's cache of images is full of what is in use (quota: " + limits.quota() + " bytes)");
        }
        long lacking = toWrite + limits.spare() - free();
        if (lacking > 0) {
            evict(lacking);
            if (free() < toWrite + limits.spare()) {
                throw new CacheException(
                        ErrorCode.NODE_STORAGE_FULL, "The node has no room for " + toWrite + " bytes of the image");
            }
        }
    }

    private long free() throws IOException {
        return Files.getFileStore(part.directory()).getUsableSpace();
    }

    private long used() throws IOException {
        long sum = 0;
        for (Entry entry : entries()) {
            sum += entry.bytes();
        }
        for (Entry partial : list(part.partials())) {
            sum += blobOf(partial.path()).map(Blob::bytes).orElse(partial.bytes());
        }
        return sum;
    }

    /** @return bytes that were removed: fewer than were asked for if the others are in use */
    private long evict(long bytes) throws IOException {
        long freed = 0;
        if (bytes <= 0) {
            return 0;
        }
        List<Entry> oldestFirst = new ArrayList<>(entries());
        oldestFirst.sort(Comparator.comparing(Entry::used));
        for (Entry entry : oldestFirst) {
            if (freed >= bytes) {
                break;
            }
            if (entry.links() == 1 && removeUnlessLocked(entry.path())) {
                LOG.log(Level.INFO, "removed from the cache: " + entry.path());
                freed += entry.bytes();
            }
        }
        return freed;
    }

    private static boolean removeUnlessLocked(Path entry) throws IOException {
        try {
            Optional<FileLocks.Lock> alone = FileLocks.tryAlone(entry);
            if (alone.isEmpty()) {
                return false;
            }
            try (FileLocks.Lock lock = alone.get()) {
                Files.delete(entry);
            }
        } catch (AccessDeniedException e) {
            // libvirt gave it to QEMU's account. No other account trusts it then, and no job has linked it.
            Files.delete(entry);
        }
        return true;
    }

    private List<Entry> entries() throws IOException {
        List<Entry> all = new ArrayList<>();
        try (DirectoryStream<Path> shelves = Files.newDirectoryStream(part.directory())) {
            for (Path shelf : shelves) {
                String name = String.valueOf(shelf.getFileName());
                if (name.equals("public") || name.startsWith("own-")) {
                    all.addAll(list(shelf));
                }
            }
        }
        return all;
    }

    private static List<Entry> list(Path directory) throws IOException {
        List<Entry> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                BasicFileAttributes seen =
                        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                int links = (Integer) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
                found.add(new Entry(file, seen.size(), links, later(seen.lastModifiedTime(), seen.lastAccessTime())));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (NoSuchFileException e) {
            // An epilog may have tidied up.
            return List.of();
        }
        return found;
    }

    /** Another account's agent cannot write down that it used an entry; the kernel notes that it was read. */
    private static FileTime later(FileTime one, FileTime other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Optional<Blob> blobOf(Path partial) {
        String[] parts = String.valueOf(partial.getFileName()).split("\\.", -1);
        try {
            return parts.length == 3 ? Optional.of(new Blob(parts[1], Long.parseLong(parts[2]))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void create(Path partial) throws IOException {
        try {
            Files.createFile(
                    partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new IOException("a partial copy came out of nowhere: " + partial, e);
        }
    }
}
