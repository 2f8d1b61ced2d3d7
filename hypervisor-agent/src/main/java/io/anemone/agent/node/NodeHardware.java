package io.anemone.agent.node;

import io.anemone.core.hypervisor.DomainSpec.Network;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.AgentMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What may be installed on a node, or not. Looked at anew for each guest. */
public final class NodeHardware {

    /**
     * A firmware without Secure Boot and the variables that it begins with.
     *
     * @param code      the same for all guests, only read
     * @param variables what each guest gets a copy of
     */
    public record Uefi(Path code, Path variables) {}

    /** Of Debian and Ubuntu, of Fedora and its kin, of openSUSE and of Arch. */
    private static final List<Uefi> UEFI = List.of(
            uefi("/usr/share/OVMF/OVMF_CODE_4M.fd", "/usr/share/OVMF/OVMF_VARS_4M.fd"),
            uefi("/usr/share/OVMF/OVMF_CODE.fd", "/usr/share/OVMF/OVMF_VARS.fd"),
            uefi("/usr/share/edk2/ovmf/OVMF_CODE.fd", "/usr/share/edk2/ovmf/OVMF_VARS.fd"),
            uefi("/usr/share/qemu/ovmf-x86_64-4m-code.bin", "/usr/share/qemu/ovmf-x86_64-4m-vars.bin"),
            uefi("/usr/share/edk2/x64/OVMF_CODE.4m.fd", "/usr/share/edk2/x64/OVMF_VARS.4m.fd"));

    private static final List<String> TPM = List.of("swtpm", "swtpm_setup");
    private static final Path PROGRAMS = Path.of("/usr/bin");
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
    private static final Path HUGE_PAGES = Path.of("/dev/hugepages");

    private final Path root;

    public NodeHardware() {
        this(Path.of("/"));
    }

    /** @param root where the node's files begin */
    public NodeHardware(Path root) {
        this.root = root;
    }

    private static Uefi uefi(String code, String variables) {
        return new Uefi(Path.of(code), Path.of(variables));
    }

    public Optional<Uefi> uefi() {
        return UEFI.stream()
                .map(each -> new Uefi(here(each.code()), here(each.variables())))
                .filter(each -> Files.isReadable(each.code()) && Files.isReadable(each.variables()))
                .findFirst();
    }

    public boolean tpm() {
        return TPM.stream().allMatch(program -> Files.isExecutable(here(PROGRAMS.resolve(program))));
    }

    /** Whether there are free ones for so much memory, and guests of this agent may use them. */
    public boolean hugePages(int memoryMiB, AgentMode mode) {
        boolean ours = mode == AgentMode.SYSTEM || Files.isWritable(here(HUGE_PAGES));
        if (!ours || !Files.isDirectory(here(HUGE_PAGES))) {
            return false;
        }
        try {
            List<String> lines = Files.readAllLines(here(Path.of("/proc/meminfo")));
            return number(lines, "HugePages_Free:") * number(lines, "Hugepagesize:") >= memoryMiB * 1024L;
        } catch (IOException | NumberFormatException e) {
            return false;
        }
    }

    private static long number(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).replace("kB", "").strip())
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    /** Whether system libvirt can hold a guest to a part of a core: by the cpu controller of cgroup v1, or of v2. */
    public boolean cpuQuota() {
        Path unified = here(CGROUPS.resolve("cgroup.controllers"));
        if (Files.isDirectory(here(CGROUPS.resolve("cpu")))) {
            return true;
        }
        try {
            return Files.isReadable(unified)
                    && List.of(Files.readString(unified).strip().split(" ", -1)).contains("cpu");
        } catch (IOException e) {
            return false;
        }
    }

    public boolean bridge(String name) {
        // A name with a slash would be another file.
        return name.matches("[A-Za-z0-9._-]{1,15}")
                && Files.isDirectory(here(Path.of("/sys/class/net", name, "bridge")));
    }

    /** A locally administered address that is this VM's alone, the same in each of its attempts. */
    public static Network.Bridge onBridge(String bridge, VmId vm) {
        long bits = vm.value().getLeastSignificantBits();
        return new Network.Bridge(
                bridge,
                "06:%02x:%02x:%02x:%02x:%02x"
                        .formatted(
                                bits >>> 32 & 0xff,
                                bits >>> 24 & 0xff,
                                bits >>> 16 & 0xff,
                                bits >>> 8 & 0xff,
                                bits & 0xff));
    }

    private Path here(Path file) {
        return root.resolve(Path.of("/").relativize(file));
    }
}
