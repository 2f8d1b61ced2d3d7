package io.anemone.core.hypervisor;

import io.anemone.core.image.ImageDefinition.DiskFormat;
import io.anemone.core.vm.VmSize;
import io.anemone.core.wire.Acceleration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A domain to be started. Paths are absolute and on the node.
 *
 * @param boot    kernel to boot directly, or null to boot from the first disk
 * @param disks   in order: the first is {@code vda}
 * @param console file that the serial console is logged to
 */
public record DomainSpec(
        DomainMark mark,
        VmSize size,
        Acceleration acceleration,
        @Nullable Boot boot,
        List<Disk> disks,
        String console) {

    public DomainSpec {
        disks = List.copyOf(disks);
    }

    public record Boot(
            String kernel,
            @Nullable String initrd,
            @Nullable String cmdline) {}

    public record Disk(String path, DiskFormat format, boolean readOnly) {}
}
