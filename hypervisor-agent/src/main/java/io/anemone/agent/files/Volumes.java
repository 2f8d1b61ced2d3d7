package io.anemone.agent.files;

import com.sun.nio.file.ExtendedOpenOption;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.hypervisor.DomainSpec;
import io.anemone.core.hypervisor.DomainSpec.Writes;
import io.anemone.core.image.ImageContent.DiskFormat;
import io.anemone.core.vm.HeldVolume;
import io.anemone.core.vm.VolumeFile;
import io.anemone.core.volume.Fence;
import io.anemone.core.wire.AgentMode;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The files of volumes: {@code <shared directory>/<account>/<id>.raw}, with a fence beside each. The account is the
 * one that the agent and QEMU run as, and nobody else may look into its directory. A volume is always raw: whatever a
 * guest writes into it, it is never taken for another format.
 *
 * <p>That one VM alone has a volume is seen to in the database. Here stands the second guard, should the first one
 * fail: an attempt that comes later than another one does not get at the file, and while a guest runs, QEMU's own lock
 * on the file keeps every other QEMU out.
 */
final class Volumes {

    /** An operator puts it there. Without it, the shared file system is not mounted on this node. */
    static final String MARKER = ".anemone-volumes";

    private static final System.Logger LOG = System.getLogger(Volumes.class.getName());
    private static final int MAX_FENCE_BYTES = 64;

    private final Set<PosixFilePermission> mode;
    private final String account;
    private final String identity;

    Volumes(AgentMode mode, String account, String identity) {
        // In system mode libvirt hands each file to QEMU's account, which must be able to walk to it.
        this.mode = PosixFilePermissions.fromString(mode == AgentMode.SYSTEM ? "rwx--x--x" : "rwx------");
        this.account = account;
        this.identity = identity;
    }

    /** Makes what is missing, and takes each volume for this attempt. */
    List<DomainSpec.Disk> take(List<HeldVolume> volumes, int attempt) throws PreparationException {
        List<DomainSpec.Disk> disks = new ArrayList<>();
        for (HeldVolume volume : volumes) {
            try {
                disks.add(take(volume, attempt));
            } catch (IOException | UnsupportedOperationException e) {
                throw unavailable(volume, "cannot be used: " + e.getMessage());
            }
        }
        return disks;
    }

    /** As well as it can: what is left is tried again by the next VM of the same account. */
    void remove(List<VolumeFile> deleted) {
        for (VolumeFile file : deleted) {
            try {
                Path directory = Path.of(file.directory()).resolve(account);
                if (Ownership.isOwnDirectory(directory)) {
                    Files.deleteIfExists(directory.resolve(file.id() + ".raw"));
                    Files.deleteIfExists(directory.resolve(file.id() + ".fence"));
                }
            } catch (IOException e) {
                LOG.log(Level.WARNING, "a deleted volume is still there " + identity + ": " + e.getMessage());
            }
        }
    }

    private DomainSpec.Disk take(HeldVolume volume, int attempt) throws IOException, PreparationException {
        Path directory = directory(volume);
        Path fence = directory.resolve(volume.id() + ".fence");
        Path file = directory.resolve(volume.id() + ".raw");
        try (FileChannel channel = FileChannel.open(
                        fence,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE,
                                LinkOption.NOFOLLOW_LINKS),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                FileLock lock = channel.lock()) {
            pass(channel, volume, new Fence(volume.generation(), attempt));
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                make(file, volume);
            }
            LOG.log(Level.DEBUG, "taken under " + lock);
        }
        return new DomainSpec.Disk(file.toString(), DiskFormat.RAW, writes(fence), volume.name());
    }

    /** Under the lock: looks at the fence, and puts up this attempt's own before anything else is touched. */
    private void pass(FileChannel channel, HeldVolume volume, Fence ours) throws IOException, PreparationException {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_FENCE_BYTES);
        int length = Math.max(0, channel.read(bytes, 0));
        String text = new String(bytes.array(), 0, length, StandardCharsets.US_ASCII).strip();
        Fence last;
        try {
            last = text.isEmpty() ? Fence.NONE : Fence.parse(text);
        } catch (IllegalArgumentException e) {
            throw unavailable(volume, "has a fence that cannot be read: ask an operator");
        }
        if (!last.admits(ours)) {
            throw PreparationException.of(
                    ErrorCode.VOLUME_FENCED,
                    "The volume " + volume.name() + " has been used by a later attempt (" + last + ") than this one ("
                            + ours + "), which does not touch it",
                    identity);
        }
        byte[] line = (ours + "\n").getBytes(StandardCharsets.US_ASCII);
        channel.write(ByteBuffer.wrap(line), 0);
        channel.truncate(line.length);
        channel.force(true);
    }

    private void make(Path file, HeldVolume volume) throws IOException, PreparationException {
        if (volume.made()) {
            throw unavailable(volume, "was there before and its file " + file + " is missing");
        }
        ScratchDisks.makeSparse(file, volume.sizeGiB() * ScratchDisks.GIB);
    }

    private Path directory(HeldVolume volume) throws IOException, PreparationException {
        Path root = Path.of(volume.file().directory());
        if (!Files.exists(root.resolve(MARKER), LinkOption.NOFOLLOW_LINKS)) {
            throw unavailable(volume, "is out of reach: " + root + " is not mounted, or has no file " + MARKER);
        }
        Path directory = root.resolve(account);
        try {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(mode));
            Files.setPosixFilePermissions(directory, mode);
        } catch (FileAlreadyExistsException e) {
            LOG.log(Level.DEBUG, "used again: " + directory);
        }
        if (!Ownership.isOwnDirectory(directory)) {
            throw unavailable(volume, "is out of reach: " + directory + " does not belong to " + account);
        }
        return directory;
    }

    /** Tried on the fence: the volume's own file may belong to QEMU's account for now. */
    private static Writes writes(Path fence) {
        try (FileChannel direct = FileChannel.open(fence, StandardOpenOption.READ, ExtendedOpenOption.DIRECT)) {
            return direct.isOpen() ? Writes.KEPT_DIRECT : Writes.KEPT;
        } catch (IOException | UnsupportedOperationException e) {
            LOG.log(Level.DEBUG, "no direct I/O in " + fence.getParent());
            return Writes.KEPT;
        }
    }

    private PreparationException unavailable(HeldVolume volume, String why) {
        return PreparationException.of(
                ErrorCode.VOLUME_UNAVAILABLE, "The volume " + volume.name() + " " + why, identity);
    }
}
