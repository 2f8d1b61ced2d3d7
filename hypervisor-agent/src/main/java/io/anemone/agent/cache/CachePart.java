package io.anemone.agent.cache;

import io.anemone.agent.files.Ownership;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;

/**
 * One account's part of a node's cache: the directory {@code cache-ACCOUNT}, which that account alone writes.
 *
 * <pre>
 * cache-ACCOUNT/SHELF/SHA256             whole and verified
 * cache-ACCOUNT/partial/SHELF.SHA256.BYTES   being copied, or left by a copy that was broken off
 * cache-ACCOUNT/locks/                   whoever holds one of these is copying, or changes what is kept
 * </pre>
 */
final class CachePart {

    private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> PASSABLE = PosixFilePermissions.fromString("rwx--x--x");

    private final Path directory;
    private final UserPrincipal owner;

    private CachePart(Path directory, UserPrincipal owner) {
        this.directory = directory;
        this.owner = owner;
    }

    /**
     * The part of the account that runs this process, made if it is not there.
     *
     * @param parent a directory like /tmp: everybody may make something in it, and remove only what is theirs
     * @throws IOException also if somebody else has taken its name
     */
    static CachePart own(Path parent) throws IOException {
        UserPrincipal self = self();
        CachePart part = new CachePart(directory(parent, self), self);
        make(part.directory, PASSABLE);
        if (!part.isOwners()) {
            throw new IOException(part.directory + " belongs to somebody else: ask an operator to remove it");
        }
        make(part.directory.resolve("partial"), OWN);
        make(part.directory.resolve("locks"), OWN);
        return part;
    }

    /** The account that runs this process. */
    static UserPrincipal self() throws IOException {
        // Through the link, which itself is root's.
        return Files.getOwner(Path.of("/proc/self"));
    }

    /** The part of another account, if there is one that nobody else could have written. */
    static Optional<CachePart> of(Path parent, String account) {
        try {
            UserPrincipal owner =
                    parent.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(account);
            CachePart part = new CachePart(directory(parent, owner), owner);
            return part.isOwners() ? Optional.of(part) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Path directory(Path parent, UserPrincipal owner) {
        return parent.resolve("cache-" + owner.getName());
    }

    private boolean isOwners() throws IOException {
        return isOwners(directory);
    }

    private boolean isOwners(Path path) throws IOException {
        PosixFileAttributes seen = Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return seen.isDirectory() && seen.owner().equals(owner) && Ownership.nobodyElseWrites(seen);
    }

    Path directory() {
        return directory;
    }

    Path entry(Shelf shelf, Blob blob) {
        return directory.resolve(shelf.name()).resolve(blob.sha256());
    }

    Path partials() {
        return directory.resolve("partial");
    }

    Path partial(Shelf shelf, Blob blob) {
        return partials().resolve(shelf.name() + "." + blob.sha256() + "." + blob.bytes());
    }

    /** Held for moments: by whoever changes what is kept. */
    Path contentLock() {
        return directory.resolve("locks").resolve("content");
    }

    /**
     * Held for as long as it takes to copy. There are 256 of them, so that they need not be removed ever, which could not
     * be done safely; two contents that share one are copied one after the other.
     */
    Path copyLock(Blob blob) {
        return directory.resolve("locks").resolve(blob.sha256().substring(0, 2));
    }

    /** Makes room for a shelf. */
    void ensure(Shelf shelf) throws IOException {
        make(directory.resolve(shelf.name()), shelf.directoryMode());
    }

    /**
     * Whether this is a whole entry that only the part's owner can have written.
     *
     * @return false if it is not there
     */
    boolean vouchesFor(Path entry, Blob blob) throws IOException {
        Path shelf = entry.getParent();
        try {
            PosixFileAttributes seen =
                    Files.readAttributes(entry, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return shelf != null
                    && isOwners(shelf)
                    && seen.isRegularFile()
                    && seen.owner().equals(owner)
                    && Ownership.nobodyElseWrites(seen)
                    && seen.size() == blob.bytes();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static void make(Path wanted, Set<PosixFilePermission> mode) throws IOException {
        try {
            Files.createDirectory(wanted, PosixFilePermissions.asFileAttribute(mode));
            // The umask may have taken bits away.
            Files.setPosixFilePermissions(wanted, mode);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(wanted, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
    }
}
