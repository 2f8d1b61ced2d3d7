package io.anemone.cli.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anemone.cli.api.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options about the machine that a guest sees, and about its network. */
final class MachineOptions {

    @Option(
            names = "--firmware",
            paramLabel = "FIRMWARE",
            description = "bios (default) or uefi, where the site offers it.")
    private @Nullable String firmware;

    @Option(names = "--tpm", description = "With an emulated TPM 2.0, where the site offers it.")
    private boolean tpm;

    @Option(names = "--huge-pages", description = "With huge pages of the node as memory, where it has free ones.")
    private boolean hugePages;

    @Option(
            names = {"-p", "--publish"},
            paramLabel = "PORT",
            split = ",",
            description = "TCP port of the guest to publish on its node; repeatable. See: anemone vm show.")
    private List<Integer> ports = new ArrayList<>();

    @Option(
            names = "--isolated",
            description = "The guest can open no connection to the outside, and publishes no ports; anemone ssh still"
                    + " leads into it.")
    private boolean isolated;

    @Option(
            names = "--bridge",
            paramLabel = "BRIDGE",
            description = "Static: plugged into this bridge of the node, where the site allows it.")
    private @Nullable String bridge;

    /** Only what was said: the rest is the server's default. */
    void into(ObjectNode body) {
        ObjectNode hardware = Json.object();
        if (firmware != null) {
            hardware.put("firmware", firmware);
        }
        if (tpm) {
            hardware.put("tpm", true);
        }
        if (hugePages) {
            hardware.put("hugePages", true);
        }
        ObjectNode network = Json.object();
        if (!ports.isEmpty()) {
            ports.forEach(network.putArray("ports")::add);
        }
        if (isolated) {
            network.put("isolated", true);
        }
        if (bridge != null) {
            network.put("bridge", bridge);
        }
        if (!hardware.isEmpty()) {
            body.set("hardware", hardware);
        }
        if (!network.isEmpty()) {
            body.set("network", network);
        }
    }
}
