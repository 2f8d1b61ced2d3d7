package io.anemone.agent.libvirt;

import io.anemone.agent.files.Ownership;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * What an account's session libvirtds found out about this node's QEMU, kept from job to job. Each finds out anew
 * otherwise, by starting QEMU three times before its first guest. libvirt itself says when what it kept is out of date:
 * another QEMU, libvirt, kernel or processor.
 *
 * <p>The node's state directory is open to every user, so each account has a directory of its own there, and one that
 * somebody else could have written is not used.
 */
public final class KeptCapabilities {

    /** Of libvirt's QEMU driver, below XDG_CACHE_HOME. */
    private static final Path DRIVER = Path.of("libvirt", "qemu", "cache");

    private final Path directory;

    /** @param stateDir the node's, where they are kept */
    public KeptCapabilities(Path stateDir) throws IOException {
        this.directory = stateDir.resolve("qemu-capabilities-" + Ownership.self());
    }

    /**
     * Has a libvirtd that is not started yet use them.
     *
     * @param cache its XDG_CACHE_HOME
     * @throws IOException also if somebody else has taken the directory's name; the libvirtd then finds out anew
     */
    public void link(Path cache) throws IOException {
        make();
        Path driver = Files.createDirectories(cache.resolve(DRIVER));
        try {
            Files.createSymbolicLink(driver.resolve("capabilities"), directory);
        } catch (FileAlreadyExistsException e) {
            // An earlier agent of the job was here.
        }
    }

    private void make() throws IOException {
        try {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            if (!nobodyElseWrites()) {
                throw new IOException(directory + " belongs to somebody else: ask an operator to remove it", e);
            }
        }
    }

    private boolean nobodyElseWrites() throws IOException {
        return Ownership.isOwnDirectory(directory)
                && Ownership.nobodyElseWrites(
                        Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    }
}
