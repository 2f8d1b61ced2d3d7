package io.anemone.orchestrator.request;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.vm.GuestNetwork;
import io.anemone.core.vm.Hardware;
import io.anemone.core.vm.Hardware.Firmware;
import io.anemone.core.vm.LaunchPath;
import io.anemone.orchestrator.flavor.FlavorCatalog.Flavor;
import io.anemone.orchestrator.problem.Echo;
import io.anemone.orchestrator.problem.FieldException;
import io.anemone.orchestrator.request.GuestConfig.Offer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of the machine and the network that somebody asks for a guest may have on this site. */
@ApplicationScoped
public class GuestPolicy {

    private static final int SSH = 22;
    private static final int LAST_PORT = 65_535;

    /** The ports of a node for all of its guests are 1,000. */
    private static final int MOST_PORTS = 32;

    private final Set<Offer> offers;
    private final Set<String> bridges;
    private final boolean outbound;
    private final int mostPorts;

    public GuestPolicy(GuestConfig config) {
        this.offers = config.offers().orElse(Set.of());
        this.bridges = config.bridges().orElse(Set.of());
        this.outbound = config.outbound();
        this.mostPorts = config.ports();
        if (mostPorts < 0 || mostPorts > MOST_PORTS) {
            throw new IllegalStateException("anemone.guests.ports must be 0 to " + MOST_PORTS + ", not " + mostPorts);
        }
    }

    /** @param flavor null for a free size */
    Hardware hardware(@Nullable RequestedHardware request, @Nullable Flavor flavor) {
        boolean wholeNode = flavor != null && flavor.wholeNode();
        int cpuPercent = flavor == null ? Hardware.WHOLE_CORE : flavor.cpuPercent();
        if (request == null) {
            return new Hardware(Firmware.BIOS, false, false, wholeNode, cpuPercent);
        }
        Firmware firmware = firmware(request.firmware());
        return new Hardware(
                firmware,
                offered(Boolean.TRUE.equals(request.tpm()), Offer.TPM, "hardware.tpm"),
                offered(Boolean.TRUE.equals(request.hugePages()), Offer.HUGE_PAGES, "hardware.hugePages"),
                wholeNode,
                cpuPercent);
    }

    private Firmware firmware(@Nullable String name) {
        return switch (name) {
            case null -> Firmware.BIOS;
            case "bios" -> Firmware.BIOS;
            case "uefi" -> {
                offered(true, Offer.UEFI, "hardware.firmware");
                yield Firmware.UEFI;
            }
            default ->
                throw FieldException.invalid(
                        "hardware.firmware", "There is no firmware " + Echo.of(name) + ": use bios or uefi.");
        };
    }

    private boolean offered(boolean wanted, Offer offer, String field) {
        if (wanted && !offers.contains(offer)) {
            throw new FieldException(
                    ErrorCode.HARDWARE_NOT_OFFERED,
                    field,
                    "The nodes of this site are not said to have " + word(offer)
                            + ": leave it out, or ask an operator for it.");
        }
        return wanted;
    }

    private static String word(Offer offer) {
        return switch (offer) {
            case UEFI -> "UEFI firmware for guests";
            case TPM -> "a software TPM";
            case HUGE_PAGES -> "huge pages for guests";
        };
    }

    GuestNetwork network(@Nullable RequestedNetwork request, LaunchPath path) {
        if (request == null) {
            return new GuestNetwork(null, List.of(), !outbound);
        }
        List<Integer> ports = ports(request.ports());
        String bridge = bridge(request.bridge(), path);
        if (bridge != null && (!ports.isEmpty() || request.isolated() != null)) {
            throw FieldException.invalid(
                    "network.bridge",
                    "A VM on a bridge has an address of its own: leave out ports and isolated, or the bridge.");
        }
        boolean isolated = bridge == null && (!outbound || Boolean.TRUE.equals(request.isolated()));
        if (isolated && !ports.isEmpty()) {
            throw FieldException.invalid(
                    "network.ports",
                    outbound
                            ? "An isolated VM publishes no ports: leave out ports, or isolated."
                            : "All VMs of this site are isolated, and publish no ports: leave them out.");
        }
        return new GuestNetwork(bridge, ports, isolated);
    }

    private List<Integer> ports(@Nullable List<@Nullable Integer> wanted) {
        if (wanted == null) {
            return List.of();
        }
        if (wanted.size() > mostPorts) {
            throw FieldException.invalid("network.ports", "Publish at most " + mostPorts + " ports.");
        }
        Set<Integer> ports = new LinkedHashSet<>();
        for (Integer port : wanted) {
            String field = "network.ports[" + ports.size() + "]";
            if (port == null || port < 1 || port > LAST_PORT) {
                throw FieldException.invalid(field, "A port is a whole number from 1 to " + LAST_PORT + ".");
            }
            if (port == SSH) {
                throw FieldException.invalid(field, "Port 22 is published for every VM: leave it out.");
            }
            if (!ports.add(port)) {
                throw FieldException.invalid(field, "Port " + port + " is there twice: give each port once.");
            }
        }
        return List.copyOf(ports);
    }

    private @Nullable String bridge(@Nullable String bridge, LaunchPath path) {
        if (bridge == null) {
            return null;
        }
        if (path != LaunchPath.STATIC) {
            throw new FieldException(
                    ErrorCode.BRIDGE_NOT_ALLOWED,
                    "network.bridge",
                    "Only a VM of the path static can be plugged into a bridge, for a job of a user has no right to:"
                            + " leave it out, or ask for the path static.");
        }
        if (!bridges.contains(bridge)) {
            throw new FieldException(
                    ErrorCode.BRIDGE_NOT_ALLOWED,
                    "network.bridge",
                    "VMs may not be plugged into a bridge " + Echo.of(bridge) + " here: "
                            + (bridges.isEmpty()
                                    ? "leave it out."
                                    : "take one of "
                                            + String.join(
                                                    ", ",
                                                    bridges.stream().sorted().toList()) + "."));
        }
        return bridge;
    }
}
