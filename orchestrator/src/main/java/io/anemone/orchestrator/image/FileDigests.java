package io.anemone.orchestrator.image;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * SHA-256 of files of the site. Each is read once for each stamp, one after the other and in the background: an image of
 * some gigabytes must not hold up a request, nor all cores.
 */
@ApplicationScoped
public class FileDigests {

    private static final int CHUNK = 1 << 20;

    private record Known(FileStamp stamp, CompletableFuture<String> digest) {}

    private final Executor reader;
    private final Map<Path, Known> known = new ConcurrentHashMap<>();

    @Inject
    public FileDigests() {
        this(Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("image-digests").factory()));
    }

    FileDigests(Executor reader) {
        this.reader = reader;
    }

    /** Done at once if the file is known as it stands. Fails if it could not be read, or changed meanwhile. */
    CompletableFuture<String> of(Path file, FileStamp stamp) {
        return known.compute(
                        file,
                        (path, before) -> before != null && before.stamp().equals(stamp)
                                ? before
                                : new Known(stamp, CompletableFuture.supplyAsync(() -> read(path, stamp), reader)))
                .digest();
    }

    private static String read(Path file, FileStamp stamp) {
        try {
            String digest = of(file);
            if (!FileStamp.of(file).equals(stamp)) {
                throw new IllegalStateException("it changed while it was read");
            }
            return digest;
        } catch (IOException e) {
            throw new IllegalStateException("it cannot be read: " + e, e);
        }
    }

    static String of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest sha256 = Sha256.start();
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                sha256.update(chunk, 0, read);
            }
            return Sha256.hex(sha256);
        }
    }
}
