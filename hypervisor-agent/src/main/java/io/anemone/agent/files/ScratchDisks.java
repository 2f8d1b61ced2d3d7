package io.anemone.agent.files;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.hypervisor.DomainSpec;
import io.anemone.core.hypervisor.DomainSpec.Writes;
import io.anemone.core.image.ImageContent.DiskFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Empty disks that end with the VM: raw files of the wanted size that take room only for what is written. */
final class ScratchDisks {

    static final long GIB = 1L << 30;

    private ScratchDisks() {}

    /**
     * @param directory of the attempt's files
     * @param saved     whether those that are there were saved with the guest, and are kept
     * @throws PreparationException if what is free on the node now is less than what the guest may write. That is no
     *     fault of the node's: else anybody could have nodes rest by asking for too much
     */
    static List<DomainSpec.Disk> make(Path directory, List<Integer> sizesGiB, boolean saved, String identity)
            throws IOException, PreparationException {
        long wanted = sizesGiB.stream().mapToLong(size -> size * GIB).sum();
        long free = Files.getFileStore(directory).getUsableSpace();
        if (wanted > free) {
            throw PreparationException.of(
                    ErrorCode.SCRATCH_TOO_LARGE,
                    "The node has " + free / GIB + " GiB free, and the VM's scratch disks may need " + wanted / GIB
                            + " GiB: ask for less",
                    identity);
        }
        List<DomainSpec.Disk> disks = new ArrayList<>();
        for (int size : sizesGiB) {
            String name = "scratch-" + (disks.size() + 1);
            Path file = directory.resolve(name + ".raw");
            if (!saved || !Files.exists(file)) {
                Files.deleteIfExists(file);
                makeSparse(file, size * GIB);
            }
            disks.add(new DomainSpec.Disk(file.toString(), DiskFormat.RAW, Writes.LOST_WITH_THE_VM, name));
        }
        return disks;
    }

    /** Only its last byte is written. */
    static void makeSparse(Path file, long bytes) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.position(bytes - 1);
            channel.write(ByteBuffer.wrap(new byte[1]));
        }
    }
}
