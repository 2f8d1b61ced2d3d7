package io.anemone.agent.files;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.Discard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code DIRECTORY/VM/ATTEMPT}, and {@code ATTEMPT.part} until it is complete, on a shared file system. The directory is
 * its account's own, mode 0700. In it: {@code memory}, {@code files/}, and {@code guest}, whose two lines are the attempt
 * that booted the guest and the job that saved it.
 */
public final class SavedDirectory implements SavedGuests {

    private static final String PART = ".part";
    private static final String MEMORY = "memory";
    private static final String FILES = "files";
    private static final String GUEST = "guest";
    private static final Duration COPY_LIMIT = Duration.ofMinutes(10);
    private static final Duration SYNC_LIMIT = Duration.ofMinutes(2);
    private static final long SPARE_BYTES = 64L << 20;

    private final Path root;
    private final String job;
    private final String identity;

    /**
     * @param job      the scheduler's id of the job that saves
     * @param identity for messages, e.g. {@code (job: 7, node: n1)}
     */
    public SavedDirectory(Path root, String job, String identity) {
        this.root = root;
        this.job = job;
        this.identity = identity;
    }

    @Override
    public Path begin(DomainId id, DomainId born, Path files, int memoryMiB)
            throws PreparationException, IOException, InterruptedException {
        ownDirectory();
        abandon(id);
        Path part = directory(directory(root.resolve(id.vm().toString())).resolve(id.attempt() + PART));
        long needed = ((long) memoryMiB << 20) + sizeOf(files) + SPARE_BYTES;
        if (Files.getFileStore(part).getUsableSpace() < needed) {
            abandon(id);
            throw failed("There is no room for " + (needed >> 20) + " MiB in " + root);
        }
        copy(files, directory(part.resolve(FILES)));
        JobDirectory.write(part.resolve(GUEST), born.attempt() + "\n" + job + "\n");
        return part.resolve(MEMORY);
    }

    @Override
    public Optional<Path> begun(DomainId id) {
        Path part = part(id);
        return Files.isDirectory(part, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(part.resolve(MEMORY))
                : Optional.empty();
    }

    /** Synced first: the name says that it is all there, also after a server of the file system has crashed. */
    @Override
    public void complete(DomainId id) throws IOException, InterruptedException {
        Path whole = whole(id);
        if (Files.isDirectory(whole, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        sync();
        Files.move(part(id), whole, StandardCopyOption.ATOMIC_MOVE);
        sync();
    }

    /** By file system: in system mode what libvirt wrote is not this account's to open. */
    private void sync() throws IOException, InterruptedException {
        Command.Result result = Command.run(SYNC_LIMIT, List.of("sync", "-f", root.toString()));
        if (result.exitCode() != 0) {
            throw new IOException("sync failed: " + result.output());
        }
    }

    @Override
    public void abandon(DomainId id) throws IOException {
        JobDirectory.removeTree(part(id));
        removeIfEmpty(id.vm());
    }

    @Override
    public Optional<Guest> find(DomainId id) throws IOException {
        Path whole = whole(id);
        if (!Files.isDirectory(whole, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        List<String> lines = lines(whole);
        try {
            DomainId born = new DomainId(id.vm(), Integer.parseInt(lines.getFirst()));
            return Optional.of(new Guest(born, whole.resolve(MEMORY), whole.resolve(FILES)));
        } catch (RuntimeException e) {
            throw new IOException(whole.resolve(GUEST) + " is not as it was written", e);
        }
    }

    @Override
    public List<DomainId> of(String ofJob) throws IOException {
        List<DomainId> found = new ArrayList<>();
        for (Path vm : list(root)) {
            for (Path attempt : list(vm)) {
                Optional<DomainId> id = id(vm, attempt.getFileName().toString());
                if (id.isPresent() && lines(attempt).stream().skip(1).anyMatch(ofJob::equals)) {
                    found.add(id.get());
                }
            }
        }
        return found;
    }

    @Override
    public void discard(Discard order) throws IOException {
        Path vm = root.resolve(order.vm().toString());
        for (Path attempt : list(vm)) {
            String name = attempt.getFileName().toString();
            String number = name.endsWith(PART) ? name.substring(0, name.length() - PART.length()) : name;
            if (id(vm, number).filter(id -> id.attempt() <= order.attempt()).isPresent()) {
                JobDirectory.removeTree(attempt);
            }
        }
        removeIfEmpty(order.vm());
    }

    private void removeIfEmpty(VmId vm) throws IOException {
        Path directory = root.resolve(vm.toString());
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                && list(directory).isEmpty()) {
            Files.deleteIfExists(directory);
        }
    }

    /** Small: a file in a user's own home may have become anything. */
    private static List<String> lines(Path saved) throws IOException {
        Path guest = saved.resolve(GUEST);
        if (!Files.isRegularFile(guest, LinkOption.NOFOLLOW_LINKS) || Files.size(guest) > 1024) {
            return List.of();
        }
        return Files.readAllLines(guest);
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Optional<DomainId> id(Path vm, String attempt) {
        try {
            return Optional.of(new DomainId(VmId.parse(vm.getFileName().toString()), Integer.parseInt(attempt)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Path part(DomainId id) {
        return root.resolve(id.vm().toString()).resolve(id.attempt() + PART);
    }

    private Path whole(DomainId id) {
        return root.resolve(id.vm().toString()).resolve(Integer.toString(id.attempt()));
    }

    private static long sizeOf(Path directory) throws IOException {
        long bytes = 0;
        for (Path file : regularFiles(directory)) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    /** All but the console's log, which the orchestrator has. */
    private static List<Path> regularFiles(Path directory) throws IOException {
        return list(directory).stream()
                .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                .filter(file -> !file.getFileName().toString().equals(NodeGuestFiles.CONSOLE))
                .toList();
    }

    private void copy(Path from, Path to) throws IOException, InterruptedException, PreparationException {
        for (Path file : regularFiles(from)) {
            Path copy = to.resolve(file.getFileName());
            Command.Result result = Command.run(
                    COPY_LIMIT,
                    List.of("cp", "--sparse=always", "--reflink=auto", "--", file.toString(), copy.toString()));
            if (result.exitCode() != 0) {
                throw failed("The guest's disk could not be copied: " + result.output());
            }
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private PreparationException failed(String message) {
        return new PreparationException(new Failure(ErrorCode.SUSPEND_FAILED, message + " " + identity));
    }

    /** Its parent may be writable for others, so that another may have been here first. */
    private void ownDirectory() throws IOException {
        Path parent = root.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        directory(root);
        if (!Ownership.isOwnDirectory(root)) {
            throw new IOException(root + " belongs to somebody else");
        }
    }

    private static Path directory(Path wanted) throws IOException {
        if (!Files.isDirectory(wanted, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(
                    wanted, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        return wanted;
    }
}
