package io.anemone.agent.files;

import io.anemone.agent.node.HardwareMissingException;
import io.anemone.agent.node.NodeHardware;
import io.anemone.core.hypervisor.DomainSpec.Firmware;
import io.anemone.core.vm.Hardware;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The variables of a guest's firmware: its own, made anew for each attempt, gone with its other files. */
final class FirmwareFiles {

    private FirmwareFiles() {}

    /** @return null for a guest that needs none */
    static @Nullable Firmware in(Path directory, Hardware wanted, NodeHardware node)
            throws IOException, HardwareMissingException {
        return switch (wanted.firmware()) {
            case BIOS -> null;
            case UEFI -> {
                NodeHardware.Uefi uefi = node.uefi()
                        .orElseThrow(
                                () -> new HardwareMissingException("The node has no UEFI firmware for guests (ovmf)"));
                Path own = directory.resolve("variables.fd");
                // A guest that goes on from what was saved of it has its own already.
                if (!Files.exists(own)) {
                    Files.copy(uefi.variables(), own);
                    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rw-------"));
                }
                yield new Firmware(uefi.code().toString(), own.toString());
            }
        };
    }
}
