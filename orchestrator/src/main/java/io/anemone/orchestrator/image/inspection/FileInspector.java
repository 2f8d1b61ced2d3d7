package io.anemone.orchestrator.image.inspection;

import io.anemone.core.image.ImageContent.DiskFormat;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;

/**
 * Decides whether a file may be part of an image, by reading it ourselves. It is taken for what it was declared as and
 * for nothing else. Reads no other file, whatever this one says, and starts no program.
 */
public final class FileInspector {

    private final InspectionLimits limits;
    private final Clock clock;

    public FileInspector(InspectionLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * @return size of the disk as a guest sees it
     * @throws RefusedFileException if it may not
     */
    public long disk(Path path, DiskFormat declared) throws IOException, RefusedFileException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            Bytes bytes = new Bytes(file);
            return switch (declared) {
                case RAW -> RawDisk.inspect(bytes, limits);
                case QCOW2 -> Qcow2Disk.inspect(bytes, limits, new TimeLimit(clock, limits.time()));
            };
        }
    }

    /** @throws RefusedFileException if it may not */
    public void kernel(Path path) throws IOException, RefusedFileException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            BootFiles.kernel(new Bytes(file), limits);
        }
    }

    /** @throws RefusedFileException if it may not */
    public void initrd(Path path) throws IOException, RefusedFileException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            BootFiles.initrd(new Bytes(file), limits);
        }
    }
}
