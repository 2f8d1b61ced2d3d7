package io.anemone.core.hypervisor;

import io.anemone.core.image.ImageContent.DiskFormat;
import io.anemone.core.vm.VmSize;
import io.anemone.core.wire.Acceleration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A domain to be started. Paths are absolute and on the node.
 *
 * @param boot     kernel to boot directly, or null to boot from the first disk
 * @param disks    in order: the first is {@code vda}
 * @param consoles how the guest is talked to without its network
 * @param machine  what it runs on
 * @param network  how it is connected
 * @param shares   directories of the node that the guest may mount
 */
public record DomainSpec(
        DomainMark mark,
        VmSize size,
        Acceleration acceleration,
        @Nullable Boot boot,
        List<Disk> disks,
        Consoles consoles,
        Machine machine,
        Network network,
        List<Share> shares) {

    public DomainSpec {
        disks = List.copyOf(disks);
        shares = List.copyOf(shares);
    }

    /** Without shares. */
    public DomainSpec(
            DomainMark mark,
            VmSize size,
            Acceleration acceleration,
            @Nullable Boot boot,
            List<Disk> disks,
            Consoles consoles,
            Machine machine,
            Network network) {
        this(mark, size, acceleration, boot, disks, consoles, machine, network, List.of());
    }

    /** A plain machine on the user network. */
    public DomainSpec(
            DomainMark mark,
            VmSize size,
            Acceleration acceleration,
            @Nullable Boot boot,
            List<Disk> disks,
            Consoles consoles) {
        this(mark, size, acceleration, boot, disks, consoles, Machine.PLAIN, Network.User.OPEN);
    }

    /** The channel to the guest's agent ends here: beside the console, where nothing else has this name. */
    public String guestAgentSocket() {
        return consoles.log() + ".qga";
    }

    public DomainSpec with(List<Share> others) {
        return new DomainSpec(mark, size, acceleration, boot, disks, consoles, machine, network, others);
    }

    public DomainSpec with(Place other) {
        Machine placed = new Machine(machine.firmware(), machine.tpm(), machine.hugePages(), other);
        return new DomainSpec(mark, size, acceleration, boot, disks, consoles, placed, network, shares);
    }

    public record Boot(
            String kernel,
            @Nullable String initrd,
            @Nullable String cmdline) {}

    /**
     * @param serial what the guest finds it by, at most 20 characters; null for none
     */
    public record Disk(
            String path,
            DiskFormat format,
            Writes writes,
            @Nullable String serial) {

        public Disk(String path, DiskFormat format, boolean readOnly) {
            this(path, format, readOnly ? Writes.NONE : Writes.LOST_WITH_THE_VM, null);
        }

        public boolean readOnly() {
            return writes == Writes.NONE;
        }
    }

    /** What becomes of a guest's writes. */
    public enum Writes {
        /** It may not write. */
        NONE,
        /** The disk does not outlive the VM, so nothing is gained by waiting for the node's disk. */
        LOST_WITH_THE_VM,
        /** What the guest has flushed is on the disk, through the node's page cache. */
        KEPT,
        /** The same, and the node's page cache holds nothing that could be written later. */
        KEPT_DIRECT
    }

    /**
     * A directory of the node that the guest may mount over 9p.
     *
     * @param path what is shared, no link
     * @param tag  what the guest mounts it by
     */
    public record Share(String path, String tag, boolean readOnly) {}

    /**
     * @param log    file that the serial console is logged to
     * @param serial UNIX socket of the serial console: it takes one connection at a time
     * @param vnc    UNIX socket of the graphical console; null for a guest that has none
     */
    public record Consoles(
            String log, String serial, @Nullable String vnc) {}

    /**
     * @param firmware  UEFI, or null for BIOS
     * @param tpm       whether it has an emulated TPM 2.0
     * @param hugePages whether its memory is taken from the node's huge pages
     * @param place     where on the node it runs
     */
    public record Machine(@Nullable Firmware firmware, boolean tpm, boolean hugePages, Place place) {

        public static final Machine PLAIN = new Machine(null, false, false, Place.ANYWHERE);
    }

    /**
     * @param code      the firmware's program, the same for all guests
     * @param variables this guest's own copy of its variables
     */
    public record Firmware(String code, String variables) {}

    /**
     * @param cpus       the node's processors that it keeps to, none twice; empty: any that its job has
     * @param numaNode   the memory that is theirs, or null if they are of several nodes
     * @param cpuPercent how much of a processor each of its own may use at most; 100: all of it
     */
    public record Place(List<Integer> cpus, @Nullable Integer numaNode, int cpuPercent) {

        public static final Place ANYWHERE = new Place(List.of(), null, 100);

        public Place {
            cpus = List.copyOf(cpus);
        }
    }

    /** How a guest is connected. */
    public sealed interface Network {

        /**
         * QEMU's own network, which needs no rights. What is forwarded to the guest stands in its mark.
         *
         * @param isolated whether the guest can open no connection to anything outside
         */
        record User(boolean isolated) implements Network {
            public static final User OPEN = new User(false);
        }

        /**
         * A card on a bridge of the node, with packets of this address alone.
         *
         * @param name the bridge
         * @param mac  the card's address
         */
        record Bridge(String name, String mac) implements Network {}
    }
}
