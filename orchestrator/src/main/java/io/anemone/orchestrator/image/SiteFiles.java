package io.anemone.orchestrator.image;

import io.anemone.core.image.ImageContent;
import io.anemone.core.image.ImageContent.DiskFormat;
import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ImageFile;
import io.anemone.core.image.ImageTier;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Reads the files of site images. */
final class SiteFiles {

    /** Until {@link SiteRevisions} numbers it. */
    private static final int NO_REVISION = 0;

    private final FileDigests digests;

    SiteFiles(FileDigests digests) {
        this.digests = digests;
    }

    /**
     * The files of one image, as far as they have been read.
     *
     * @param files   by name, each with its digest to come
     * @param virtual size of the disk as the guest sees it; 0 without one
     * @param problem why the image cannot be, null if nothing speaks against it
     */
    record Reading(
            Map<String, Read> files, long virtual, @Nullable String problem) {

        static final Reading NONE = new Reading(Map.of(), 0, "it has no files");

        record Read(long bytes, CompletableFuture<String> digest) {}

        CompletableFuture<Void> all() {
            return CompletableFuture.allOf(
                    files.values().stream().map(Read::digest).toArray(CompletableFuture<?>[]::new));
        }

        boolean done() {
            return all().isDone();
        }

        boolean failed() {
            return problem != null || all().isCompletedExceptionally();
        }

        String failure() {
            if (problem != null) {
                return problem;
            }
            Throwable cause = all().handle((done, failed) -> failed).getNow(null);
            return cause == null || cause.getCause() == null
                    ? "a file cannot be read"
                    : String.valueOf(cause.getCause().getMessage());
        }

        /** Once all has been read; null if that failed. */
        @Nullable
        ImageDefinition definition(SiteImage image) {
            if (failed()) {
                return null;
            }
            ImageContent content = new ImageContent(
                    file(image.boot().kernel()),
                    file(image.boot().initrd()),
                    image.boot().cmdline(),
                    file(image.disk()),
                    image.diskFormat(),
                    virtual);
            return new ImageDefinition(
                    image.name(),
                    NO_REVISION,
                    image.description(),
                    content,
                    image.defaultUser(),
                    image.readiness(),
                    image.needs(),
                    ImageTier.GOLDEN);
        }

        private @Nullable ImageFile file(@Nullable String name) {
            Read read = name == null ? null : files.get(name);
            return name == null || read == null
                    ? null
                    : new ImageFile(name, read.digest().join(), read.bytes());
        }
    }

    Reading read(SiteImage image, Path directory) {
        Map<String, Reading.Read> found = new HashMap<>();
        long virtual = 0;
        try {
            for (String name : image.files()) {
                Path file = directory.resolve(name);
                FileStamp stamp = FileStamp.of(file);
                found.put(name, new Reading.Read(stamp.size(), digests.of(file, stamp)));
                if (name.equals(image.disk()) && image.diskFormat() != null) {
                    virtual = virtualSize(file, image.diskFormat(), stamp.size());
                }
            }
        } catch (IOException e) {
            return new Reading(Map.of(), 0, "a file of it is missing or cannot be read: " + e.getMessage());
        }
        return new Reading(Map.copyOf(found), virtual, null);
    }

    /** A qcow2 file has it as a big-endian number at byte 24 (QEMU's docs/interop/qcow2.txt). */
    private static long virtualSize(Path disk, DiskFormat format, long bytes) throws IOException {
        return switch (format) {
            case RAW -> bytes;
            case QCOW2 -> {
                try (InputStream file = Files.newInputStream(disk);
                        DataInputStream header = new DataInputStream(file)) {
                    header.skipNBytes(24);
                    yield header.readLong();
                }
            }
        };
    }
}
