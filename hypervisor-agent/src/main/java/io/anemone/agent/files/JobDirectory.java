package io.anemone.agent.files;

import io.anemone.agent.AgentConfig;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.AgentMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The one directory in which a job keeps everything: {@code job-<id>}, removed as a whole at the end. Mode 0700. In
 * system mode QEMU may run as another account than the agent: then it is 0711, so that QEMU can walk through to the
 * files that libvirt hands to it (it takes ownership of each); nobody can list it, and each file in it stays 0600.
 */
public final class JobDirectory implements SessionSecret {

    /** The kernel's limit for the path of a UNIX socket, with the final NUL. */
    private static final int MAX_SOCKET_PATH = 108;

    /** What session libvirt and QEMU append to the configuration directory at most. */
    private static final String LONGEST_SOCKET = "/cfg/libvirt/qemu/lib/domain-10-anemone-01234567-1/monitor.sock";

    /** A guest's own, which is the longest where libvirt's are elsewhere. */
    private static final String GUEST_SOCKET = "/vm/01234567-0123-0123-0123-0123456789ab-10/serial.sock";

    private final Path path;
    private final AgentMode agentMode;
    private final Set<PosixFilePermission> mode;
    private boolean takenOver;

    private JobDirectory(Path path, AgentMode agentMode, Set<PosixFilePermission> mode) {
        this.path = path;
        this.agentMode = agentMode;
        this.mode = mode;
    }

    /** Makes the directory, or takes over the one that an earlier agent of this job left. */
    public static JobDirectory open(AgentConfig config) throws IOException {
        Path path = config.stateDir().resolve("job-" + config.jobId());
        Set<PosixFilePermission> mode =
                PosixFilePermissions.fromString(config.mode() == AgentMode.SYSTEM ? "rwx--x--x" : "rwx------");
        JobDirectory directory = new JobDirectory(path, config.mode(), mode);
        directory.refuseLongPaths(config.mode() == AgentMode.SESSION ? LONGEST_SOCKET : GUEST_SOCKET);
        Files.createDirectories(config.stateDir());
        try {
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(Set.copyOf(mode)));
        } catch (FileAlreadyExistsException e) {
            directory.refuseForeign();
            directory.takenOver = true;
        }
        // The umask may have taken bits away.
        Files.setPosixFilePermissions(path, mode);
        return directory;
    }

    /** Whether an earlier agent of this job left it, and perhaps guests too. */
    public boolean takenOver() {
        return takenOver;
    }

    public Path path() {
        return path;
    }

    /** Of the agent whose directory it is. */
    AgentMode agentMode() {
        return agentMode;
    }

    /** A directory of session libvirt's: run, cfg, cache, data. Short, for the sake of socket paths. */
    public Path sub(String name) {
        return directory(path.resolve(name));
    }

    /** The directory of one attempt's files. */
    public Path of(DomainId id) {
        return path.resolve("vm").resolve(id.vm() + "-" + id.attempt());
    }

    /** The directory of links to the image that an attempt boots from. They are no files of its own: nobody copies them. */
    Path ofImage(DomainId id) {
        return path.resolve("image").resolve(id.vm() + "-" + id.attempt());
    }

    /** The directory of a copy of an attempt's disk. It is no file of its own either. */
    Path ofSave(DomainId id) {
        return path.resolve("save").resolve(id.vm() + "-" + id.attempt());
    }

    Path makeForSave(DomainId id) {
        directory(path.resolve("save"));
        return directory(ofSave(id));
    }

    Path makeForImage(DomainId id) {
        directory(path.resolve("image"));
        return directory(ofImage(id));
    }

    /** Every attempt that has files here, in no order. */
    List<DomainId> attempts() throws IOException {
        Path all = path.resolve("vm");
        if (!Files.isDirectory(all, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> directories = Files.list(all)) {
            return directories
                    .flatMap(each -> attempt(each.getFileName().toString()).stream())
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Optional<DomainId> attempt(String name) {
        int dash = name.lastIndexOf('-');
        try {
            return Optional.of(
                    new DomainId(VmId.parse(name.substring(0, dash)), Integer.parseInt(name.substring(dash + 1))));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Path makeFor(DomainId id) {
        directory(path.resolve("vm"));
        return directory(of(id));
    }

    /** First line lease, second line secret. */
    @Override
    public Optional<List<String>> secret() throws IOException {
        try {
            List<String> lines = Files.readAllLines(path.resolve("session"));
            return lines.size() == 2 ? Optional.of(lines) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void keepSecret(String lease, String secret) throws IOException {
        write(path.resolve("session"), lease + "\n" + secret + "\n");
    }

    /** Writes a file, mode 0600, whole or not at all. */
    public static void write(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(fresh, text.getBytes(StandardCharsets.UTF_8));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes the directory and all in it. */
    public void remove() throws IOException {
        removeTree(path);
    }

    static void removeTree(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Path directory(Path wanted) {
        try {
            Files.createDirectories(wanted);
            Files.setPosixFilePermissions(wanted, mode);
            return wanted;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void refuseLongPaths(String longest) throws IOException {
        if ((path + longest).length() >= MAX_SOCKET_PATH) {
            throw new IOException("Socket paths under " + path + " would be longer than " + (MAX_SOCKET_PATH - 1)
                    + " bytes: set ANEMONE_STATE_DIR to a shorter path.");
        }
    }

    /** The parent is writable for every user of the node, so that another may have been here first. */
    private void refuseForeign() throws IOException {
        if (!Ownership.isOwnDirectory(path)) {
            throw new IOException(path + " belongs to somebody else: ask an operator to remove it.");
        }
    }
}
