package io.anemone.agent.files;

import io.anemone.agent.cache.CacheException;
import io.anemone.agent.node.HardwareMissingException;
import io.anemone.agent.node.NodeHardware;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainSpec;
import io.anemone.core.hypervisor.DomainSpec.Consoles;
import io.anemone.core.hypervisor.DomainSpec.Firmware;
import io.anemone.core.image.ImageContent.DiskFormat;
import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ImageFile;
import io.anemone.core.vm.Storage;
import io.anemone.core.wire.DesiredVm;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Overlays by {@code qemu-img}, seeds by {@code genisoimage}, in the job's directory. */
public final class NodeGuestFiles implements GuestFiles {

    private static final System.Logger LOG = System.getLogger(NodeGuestFiles.class.getName());

    /** The directory of the console log. */
    static final String CONSOLE = "log";

    private static final String BORN = "born";
    private static final Duration COPY_LIMIT = Duration.ofMinutes(4);
    private static final Duration TOOL_LIMIT = Duration.ofSeconds(30);

    /** Below this, overlay and seed could not be written sensibly. */
    private static final long LEAST_FREE_BYTES = 16L << 20;

    private static final long MAX_VENDOR_DATA = 64 * 1024;

    private final JobDirectory job;
    private final ImageFiles images;
    private final Path vendorData;
    private final boolean screens;
    private final Volumes volumes;
    private final NodeHardware hardware;
    private final String identity;

    /**
     * @param vendorData the site's own, for every guest's seed; there need be none
     * @param screens    whether guests get a graphical console
     * @param identity   for messages, e.g. {@code (job: 7, node: n1)}
     */
    public NodeGuestFiles(
            JobDirectory job,
            ImageFiles images,
            Path vendorData,
            boolean screens,
            NodeHardware hardware,
            String identity) {
        this.job = job;
        this.images = images;
        this.vendorData = vendorData;
        this.screens = screens;
        this.volumes = new Volumes(job.agentMode(), System.getProperty("user.name"), identity);
        this.hardware = hardware;
        this.identity = identity;
    }

    @Override
    public Prepared prepare(DesiredVm vm, Optional<SavedGuests.Guest> saved, Watch watch)
            throws PreparationException, InterruptedException {
        DomainId id = new DomainId(vm.vm(), vm.attempt());
        try {
            Map<ImageFile, Path> image = images.obtain(vm, job.makeForImage(id), watch);
            DomainSpec.Boot boot = boot(vm.image(), image);
            ImageFile disk = vm.image().content().disk();
            Path backing = disk == null ? null : image.get(disk);
            Path directory = job.makeFor(id);
            if (Files.getFileStore(directory).getUsableSpace() < LEAST_FREE_BYTES) {
                throw failed(ErrorCode.NODE_STORAGE_FULL, "The node's disk is full", null);
            }
            if (saved.isPresent()) {
                bringBack(saved.get(), directory);
            }
            List<DomainSpec.Disk> disks = new ArrayList<>();
            if (backing != null) {
                DomainSpec.Disk root =
                        overlay(directory.resolve("disk.qcow2"), backing, formatOf(vm.image()), saved.isPresent());
                if (saved.isEmpty()) {
                    grow(root, vm.options().storage().rootGiB());
                }
                disks.add(root);
            }
            Path seed = directory.resolve("seed.iso");
            disks.add(
                    saved.isPresent() && Files.exists(seed)
                            ? seedDisk(seed)
                            : seed(directory, Seed.of(vm, id.uuid(), vendorData())));
            Firmware firmware = FirmwareFiles.in(directory, vm.options().hardware(), hardware);
            Storage storage = vm.options().storage();
            List<DomainSpec.Share> shares = Shares.of(storage.shares(), job.agentMode(), identity);
            disks.addAll(ScratchDisks.make(directory, storage.scratchGiB(), saved.isPresent(), identity));
            volumes.remove(storage.deleted());
            disks.addAll(volumes.take(storage.held(), vm.attempt()));
            Consoles consoles = consolesOf(id);
            beginLog(Path.of(consoles.log()));
            return new Prepared(boot, disks, shares, consoles, firmware);
        } catch (CacheException e) {
            throw failed(e.code(), e.sentence(), null);
        } catch (HardwareMissingException e) {
            throw failed(ErrorCode.HARDWARE_MISSING_ON_NODE, String.valueOf(e.getMessage()), null);
        } catch (IOException | java.io.UncheckedIOException e) {
            throw failed(ErrorCode.HYPERVISOR_FAILED, "The VM's files could not be made: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Consoles> consoles(DomainId id) {
        return Optional.of(consolesOf(id));
    }

    /**
     * The node's own libvirtd appends to what is there, but makes it root's before: so anybody may read and write the
     * log, in a directory that nobody else but root can walk into. QEMU is handed the open file.
     */
    private static void beginLog(Path log) throws IOException {
        Path directory = log.getParent();
        if (directory == null || Files.exists(log)) {
            return;
        }
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createFile(log);
        Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    private Consoles consolesOf(DomainId id) {
        Path directory = job.of(id);
        return new Consoles(
                directory.resolve(CONSOLE).resolve("console").toString(),
                directory.resolve("serial.sock").toString(),
                screens ? directory.resolve("vnc.sock").toString() : null);
    }

    @Override
    public Path directory(DomainId id) {
        return job.of(id);
    }

    @Override
    public DomainId born(DomainId id) throws IOException {
        try {
            String number = Files.readString(job.of(id).resolve(BORN)).strip();
            return new DomainId(id.vm(), Integer.parseInt(number));
        } catch (NoSuchFileException e) {
            return id;
        } catch (NumberFormatException e) {
            throw new IOException("which attempt booted it is not noted as it was written", e);
        }
    }

    @Override
    public void bootsAnew(DomainId id) throws IOException {
        Files.deleteIfExists(job.of(id).resolve(BORN));
    }

    @Override
    public void remove(DomainId id) throws IOException {
        images.release(job.ofImage(id));
        JobDirectory.removeTree(job.ofImage(id));
        JobDirectory.removeTree(job.ofSave(id));
        JobDirectory.removeTree(job.of(id));
    }

    @Override
    public List<DomainId> remains() throws IOException {
        List<DomainId> left = new ArrayList<>();
        for (DomainId id : job.attempts()) {
            if (noted(id).filter(report -> !report.isEmpty()).isPresent() && !removed(id)) {
                left.add(id);
            }
        }
        return left;
    }

    private boolean removed(DomainId id) {
        try {
            remove(id);
            return true;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "files of " + id + " are still there " + identity + ": " + e.getMessage());
            return false;
        }
    }

    @Override
    public void noteStart(DomainId id) throws IOException {
        JobDirectory.write(note(id), "");
    }

    @Override
    public void noteReboot(DomainId id, Instant askedAt) throws IOException {
        JobDirectory.write(rebootNote(id), askedAt.toString());
    }

    @Override
    public Optional<Instant> rebooted(DomainId id) throws IOException {
        try {
            return Optional.of(Instant.parse(Files.readString(rebootNote(id))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (DateTimeParseException e) {
            throw new IOException("a reboot is not noted as it was written", e);
        }
    }

    private Path rebootNote(DomainId id) {
        return note(id).resolveSibling("reboot-" + id.vm() + "-" + id.attempt());
    }

    @Override
    public void noteEnd(DomainId id, String report) throws IOException {
        JobDirectory.write(note(id), report);
    }

    @Override
    public Optional<String> noted(DomainId id) throws IOException {
        try {
            return Optional.of(Files.readString(note(id)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Path note(DomainId id) {
        return job.sub("attempts").resolve(id.vm() + "-" + id.attempt());
    }

    private static DomainSpec.@Nullable Boot boot(ImageDefinition image, Map<ImageFile, Path> paths) {
        ImageFile kernel = image.content().kernel();
        if (kernel == null) {
            return null;
        }
        ImageFile initrd = image.content().initrd();
        return new DomainSpec.Boot(
                String.valueOf(paths.get(kernel)),
                initrd == null ? null : String.valueOf(paths.get(initrd)),
                image.content().cmdline());
    }

    /** All that an attempt's directory had when its guest was saved. */
    private void bringBack(SavedGuests.Guest saved, Path directory)
            throws IOException, InterruptedException, PreparationException {
        try (Stream<Path> files = Files.list(saved.files())) {
            for (Path file : files.toList()) {
                Path copy = directory.resolve(file.getFileName());
                Files.deleteIfExists(copy);
                runFor(
                        COPY_LIMIT,
                        List.of("cp", "--sparse=always", "--reflink=auto", "--", file.toString(), copy.toString()));
                ownerOnly(copy);
            }
        }
        JobDirectory.write(directory.resolve(BORN), saved.born().attempt() + "\n");
    }

    /** An overlay that was saved may have been on a node that keeps the image elsewhere. */
    private DomainSpec.Disk overlay(Path overlay, Path backing, DiskFormat format, boolean saved)
            throws IOException, InterruptedException, PreparationException {
        if (saved && Files.exists(overlay)) {
            run(List.of(
                    "qemu-img",
                    "rebase",
                    "-q",
                    "-u",
                    "-f",
                    "qcow2",
                    "-F",
                    format.name().toLowerCase(Locale.ROOT),
                    "-b",
                    backing.toString(),
                    overlay.toString()));
            return new DomainSpec.Disk(overlay.toString(), DiskFormat.QCOW2, false);
        }
        Files.deleteIfExists(overlay);
        run(List.of(
                "qemu-img",
                "create",
                "-q",
                "-f",
                "qcow2",
                "-F",
                format.name().toLowerCase(Locale.ROOT),
                "-b",
                backing.toString(),
                overlay.toString()));
        ownerOnly(overlay);
        return new DomainSpec.Disk(overlay.toString(), DiskFormat.QCOW2, false);
    }

    /** Our own fresh overlay. qemu-img refuses to make it smaller. */
    private void grow(DomainSpec.Disk root, @Nullable Integer sizeGiB)
            throws IOException, InterruptedException, PreparationException {
        if (sizeGiB == null) {
            return;
        }
        Command.Result result =
                Command.run(TOOL_LIMIT, List.of("qemu-img", "resize", "-q", "-f", "qcow2", root.path(), sizeGiB + "G"));
        if (result.exitCode() != 0) {
            boolean smaller = result.output().contains("--shrink");
            throw failed(
                    smaller ? ErrorCode.DISK_TOO_SMALL : ErrorCode.HYPERVISOR_FAILED,
                    smaller
                            ? "The image's disk is larger than the " + sizeGiB + " GiB that were asked for"
                            : "qemu-img failed: " + result.output(),
                    null);
        }
    }

    private DomainSpec.Disk seed(Path directory, Seed seed)
            throws IOException, InterruptedException, PreparationException {
        Path iso = directory.resolve("seed.iso");
        List<String> arguments = new ArrayList<>(
                List.of("genisoimage", "-quiet", "-output", iso.toString(), "-volid", "cidata", "-joliet", "-rock"));
        for (Map.Entry<String, String> part : seed.files().entrySet()) {
            Path file = directory.resolve(part.getKey());
            JobDirectory.write(file, part.getValue());
            arguments.add(file.toString());
        }
        Files.deleteIfExists(iso);
        run(arguments);
        ownerOnly(iso);
        return seedDisk(iso);
    }

    private static DomainSpec.Disk seedDisk(Path iso) {
        return new DomainSpec.Disk(iso.toString(), DiskFormat.RAW, true);
    }

    /** What the site gives every guest; "" where it gives nothing. */
    private String vendorData() throws IOException, PreparationException {
        if (!Files.exists(vendorData)) {
            return "";
        }
        if (Files.size(vendorData) > MAX_VENDOR_DATA) {
            throw failed(
                    ErrorCode.HYPERVISOR_FAILED,
                    "The site's vendor data " + vendorData + " is larger than " + MAX_VENDOR_DATA / 1024 + " KiB",
                    null);
        }
        return Files.readString(vendorData);
    }

    private static void ownerOnly(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private void run(List<String> arguments) throws IOException, InterruptedException, PreparationException {
        runFor(TOOL_LIMIT, arguments);
    }

    private void runFor(Duration limit, List<String> arguments)
            throws IOException, InterruptedException, PreparationException {
        Command.Result result = Command.run(limit, arguments);
        if (result.exitCode() != 0) {
            boolean full = Files.getFileStore(job.path()).getUsableSpace() < LEAST_FREE_BYTES;
            throw failed(
                    full ? ErrorCode.NODE_STORAGE_FULL : ErrorCode.HYPERVISOR_FAILED,
                    arguments.getFirst() + " failed: " + result.output(),
                    null);
        }
    }

    private PreparationException failed(ErrorCode code, String message, @Nullable Exception cause) {
        Failure failure = new Failure(code, message + " " + identity);
        if (cause == null) {
            return new PreparationException(failure);
        }
        boolean full = cause instanceof FileSystemException fs && "No space left on device".equals(fs.getReason());
        return new PreparationException(
                full ? new Failure(ErrorCode.NODE_STORAGE_FULL, "The node's disk is full " + identity) : failure,
                cause);
    }

    private static DiskFormat formatOf(ImageDefinition image) {
        DiskFormat format = image.content().diskFormat();
        return format == null ? DiskFormat.QCOW2 : format;
    }
}
