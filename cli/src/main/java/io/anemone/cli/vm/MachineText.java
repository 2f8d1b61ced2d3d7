package io.anemone.cli.vm;

import io.anemone.cli.api.Vm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A VM's machine and network in a few words; what is usual is not said. */
final class MachineText {

    private MachineText() {}

    static String hardware(Vm.@Nullable Hardware hardware) {
        List<String> words = new ArrayList<>();
        if (hardware != null) {
            if (!hardware.firmware().equals("bios")) {
                words.add(hardware.firmware());
            }
            if (hardware.tpm()) {
                words.add("TPM");
            }
            if (hardware.hugePages()) {
                words.add("huge pages");
            }
            if (hardware.wholeNode()) {
                words.add("whole node");
            }
            if (hardware.cpuPercent() < 100) {
                words.add(hardware.cpuPercent() + " % of a core for each vCPU");
            }
        }
        return String.join(", ", words);
    }

    static String network(Vm.@Nullable Network network) {
        if (network == null) {
            return "";
        }
        return network.bridge() != null ? "bridge " + network.bridge() : network.isolated() ? "isolated" : "";
    }

    /** {@code 80 at 10.1.0.7:22017}. */
    static String ports(Vm.@Nullable Network network) {
        return network == null || network.ports() == null
                ? ""
                : network.ports().stream()
                        .map(port -> port.port() == null
                                ? Integer.toString(port.guest())
                                : port.guest() + " at " + port.host() + ":" + port.port())
                        .collect(Collectors.joining(", "));
    }
}
