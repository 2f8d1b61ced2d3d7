package io.anemone.orchestrator.image;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A directory, which all orchestrators share: {@code parts/ID} and {@code blobs/SHA256}. Both directories and all files
 * are the service account's alone, because private images are among them; nodes get theirs from the orchestrators.
 */
@ApplicationScoped
public class DirectoryStorage implements ImageStorage {

    private static final int PIECE = 256 * 1024;
    private static final Set<StandardOpenOption> WRITE = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE);

    private final Path parts;
    private final Path blobs;

    public DirectoryStorage(ImageConfig config) {
        this.parts = config.store().resolve("parts");
        this.blobs = config.store().resolve("blobs");
    }

    @Override
    public long length(UUID part) throws IOException {
        try {
            return Files.size(parts.resolve(part.toString()));
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    @Override
    public long append(UUID part, long offset, InputStream piece, long most) throws IOException {
        make(parts);
        var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (FileChannel file = FileChannel.open(parts.resolve(part.toString()), WRITE, mine);
                FileLock lock = alone(file, offset)) {
            if (file.size() != offset) {
                throw new OffsetException(file.size());
            }
            try {
                write(file, offset, piece, most);
            } catch (IOException e) {
                // A piece is there whole or not at all: what came of it would be taken for its beginning next time
                file.truncate(offset);
                throw full(e) ? new FullException(e) : e;
            }
            return lock.isValid() ? file.size() : offset;
        }
    }

    private static FileLock alone(FileChannel file, long offset) throws IOException {
        @Nullable FileLock lock;
        try {
            lock = file.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new OffsetException(offset);
        }
        return lock;
    }

    private static void write(FileChannel file, long offset, InputStream piece, long most) throws IOException {
        long at = offset;
        byte[] buffer = new byte[PIECE];
        for (int read = piece.read(buffer); read >= 0; read = piece.read(buffer)) {
            if (at + read > most) {
                throw new IOException("more arrived than was declared");
            }
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
            while (bytes.hasRemaining()) {
                at += file.write(bytes, at);
            }
        }
    }

    static boolean full(IOException e) {
        String reason = e instanceof FileSystemException fs ? fs.getReason() : e.getMessage();
        return reason != null && (reason.contains("No space left on device") || reason.contains("Disk quota exceeded"));
    }

    @Override
    public Optional<Path> part(UUID part) {
        return existing(parts.resolve(part.toString()));
    }

    @Override
    public void keep(UUID part, String sha256) throws IOException {
        make(blobs);
        Path from = parts.resolve(part.toString());
        Path to = blobs.resolve(sha256);
        if (existing(from).isEmpty()) {
            if (existing(to).isEmpty()) {
                throw new NoSuchFileException(from.toString());
            }
            return;
        }
        sync(from);
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        sync(blobs);
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            file.force(true);
        }
    }

    @Override
    public Optional<Path> blob(String sha256) {
        return existing(blobs.resolve(sha256));
    }

    private static Optional<Path> existing(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Optional.of(file) : Optional.empty();
    }

    @Override
    public void removePart(UUID part) throws IOException {
        Files.deleteIfExists(parts.resolve(part.toString()));
    }

    @Override
    public void removeBlob(String sha256) throws IOException {
        Files.deleteIfExists(blobs.resolve(sha256));
    }

    @Override
    public List<UUID> parts() throws IOException {
        List<UUID> found = new ArrayList<>();
        if (Files.isDirectory(parts)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(parts)) {
                for (Path file : files) {
                    found.add(UUID.fromString(String.valueOf(file.getFileName())));
                }
            } catch (IllegalArgumentException e) {
                throw new IOException("something else is among the parts of images in " + parts, e);
            }
        }
        return found;
    }

    private static void make(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }
}
