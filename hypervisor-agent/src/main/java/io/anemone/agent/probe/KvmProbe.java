package io.anemone.agent.probe;

import io.anemone.agent.files.Command;
import io.anemone.agent.files.JobDirectory;
import io.anemone.agent.files.Ownership;
import io.anemone.core.wire.Acceleration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Finds out whether guests really run on KVM here, by booting one: a {@code /dev/kvm} that opens, answers and makes a
 * VM may still let every guest hang at its first instruction.
 *
 * <p>The answer holds for one boot of the node and one QEMU, and is kept in the node's state directory. That directory
 * is open to every user, so an answer is believed only from root or from this very user, each with a file of its own.
 */
public final class KvmProbe {

    private static final Duration BOOT_LIMIT = Duration.ofSeconds(4);

    /** What the guest writes to QEMU's exit device: QEMU then ends with {@code (value << 1) | 1}. */
    private static final int SIGN_OF_LIFE = 0x15;

    private static final Path DEVICE = Path.of("/dev/kvm");
    private static final Path QEMU = Path.of("/usr/bin/qemu-system-x86_64");

    private final Path stateDir;
    private final Path scratch;
    private final Path device;

    /**
     * @param stateDir the node's, where the answer is kept
     * @param scratch  a directory for the guest's disk, which goes with whoever probes if they are killed meanwhile
     */
    public KvmProbe(Path stateDir, Path scratch) {
        this(stateDir, scratch, DEVICE);
    }

    KvmProbe(Path stateDir, Path scratch, Path device) {
        this.stateDir = stateDir;
        this.scratch = scratch;
        this.device = device;
    }

    /** Never fails: what cannot be shown to work does not work. */
    public Acceleration find() throws InterruptedException {
        if (!Files.isReadable(device) || !Files.isWritable(device)) {
            return Acceleration.EMULATION;
        }
        try {
            String key = key();
            Optional<Acceleration> known = remembered(key);
            if (known.isPresent()) {
                return known.get();
            }
            Acceleration found = boots() ? Acceleration.KVM : Acceleration.EMULATION;
            remember(key, found);
            return found;
        } catch (IOException e) {
            System.getLogger(KvmProbe.class.getName())
                    .log(System.Logger.Level.WARNING, "KVM could not be tried, so it is not used: " + e.getMessage());
            return Acceleration.EMULATION;
        }
    }

    /** A boot sector of three instructions: mov al, sign; out 0xf4, al; hlt. */
    static byte[] bootSector() {
        byte[] sector = new byte[512];
        byte[] code = {(byte) 0xb0, SIGN_OF_LIFE, (byte) 0xe6, (byte) 0xf4, (byte) 0xf4};
        System.arraycopy(code, 0, sector, 0, code.length);
        sector[510] = 0x55;
        sector[511] = (byte) 0xaa;
        return sector;
    }

    static List<String> command(Path sector, String accelerator) {
        return List.of(
                QEMU.toString(),
                "-accel",
                accelerator,
                "-machine",
                "pc",
                "-cpu",
                accelerator.equals("kvm") ? "host" : "max",
                "-m",
                "16",
                "-nodefaults",
                "-no-user-config",
                "-display",
                "none",
                "-no-reboot",
                "-device",
                "isa-debug-exit,iobase=0xf4,iosize=1",
                "-drive",
                "file=" + sector.toString().replace(",", ",,") + ",format=raw,if=ide");
    }

    static boolean alive(int exitCode) {
        return exitCode == ((SIGN_OF_LIFE << 1) | 1);
    }

    private boolean boots() throws IOException, InterruptedException {
        Path sector = Files.createTempFile(scratch, "probe", ".img");
        try {
            Files.write(sector, bootSector());
            return alive(Command.run(BOOT_LIMIT, command(sector, "kvm")).exitCode());
        } catch (IOException e) {
            // It hung and was killed.
            return false;
        } finally {
            Files.deleteIfExists(sector);
        }
    }

    private static String key() throws IOException {
        String boot =
                Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        return boot + " " + Files.getLastModifiedTime(QEMU) + " " + Files.size(QEMU);
    }

    private Optional<Acceleration> remembered(String key) throws IOException {
        for (Path file : List.of(stateDir.resolve("kvm-probe-0"), own())) {
            if (trusted(file)) {
                List<String> lines = Files.readAllLines(file);
                if (lines.size() == 2 && lines.get(0).equals(key)) {
                    return Optional.of(Acceleration.valueOf(lines.get(1)));
                }
            }
        }
        return Optional.empty();
    }

    private void remember(String key, Acceleration found) throws IOException {
        Path file = own();
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !trusted(file)) {
            return;
        }
        JobDirectory.write(file, key + "\n" + found + "\n");
        if (Ownership.self() == 0) {
            Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        }
    }

    private Path own() throws IOException {
        return stateDir.resolve("kvm-probe-" + Ownership.self());
    }

    static boolean trusted(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || !Files.isReadable(file)) {
            return false;
        }
        PosixFileAttributes attributes =
                Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        int owner = Ownership.of(file);
        return Ownership.nobodyElseWrites(attributes) && (owner == 0 || owner == Ownership.self());
    }
}
