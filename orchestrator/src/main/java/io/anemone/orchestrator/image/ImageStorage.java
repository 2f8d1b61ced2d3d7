package io.anemone.orchestrator.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where the files of the registry's images are kept: parts of files while they arrive, and whole files by their digest.
 * All orchestrators see the same; every operation can be repeated.
 */
public interface ImageStorage {

    /** Another piece was expected, or another one is being written at this moment. */
    final class OffsetException extends IOException {
        private static final long serialVersionUID = 1L;

        private final long expected;

        OffsetException(long expected) {
            super("the next piece begins at byte " + expected);
            this.expected = expected;
        }

        long expected() {
            return expected;
        }
    }

    /** There is no room for it; nothing of the piece was kept. */
    final class FullException extends IOException {
        private static final long serialVersionUID = 1L;

        FullException(IOException cause) {
            super("the storage of images is full", cause);
        }
    }

    /** How many bytes of the part have arrived; 0 if none. */
    long length(UUID part) throws IOException;

    /**
     * Adds a piece to the end of a part.
     *
     * @param offset where the sender believes the end to be
     * @param most   bytes that the part may have in all
     * @return its length now
     * @throws OffsetException if the end is elsewhere, or somebody else is writing
     * @throws FullException   if there is no room
     */
    long append(UUID part, long offset, InputStream piece, long most) throws IOException;

    /** The part as a file to be read, once something has arrived. */
    Optional<Path> part(UUID part) throws IOException;

    /** Keeps the part by its digest, durably: from now on it is no part any more. Harmless if that was done before. */
    void keep(UUID part, String sha256) throws IOException;

    /** The whole file of that digest. */
    Optional<Path> blob(String sha256);

    void removePart(UUID part) throws IOException;

    void removeBlob(String sha256) throws IOException;

    /** All parts that there are. */
    List<UUID> parts() throws IOException;
}
