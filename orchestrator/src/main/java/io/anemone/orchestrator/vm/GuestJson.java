package io.anemone.orchestrator.vm;

import io.anemone.core.lease.Grant;
import io.anemone.core.vm.GuestNetwork;
import io.anemone.core.vm.Hardware;
import io.anemone.core.vm.PublishedPort;
import io.anemone.core.vm.VmNeed;
import io.anemone.core.vm.VmSize;
import io.anemone.orchestrator.lease.LeaseRecord;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The machine and the network of a VM as the API tells them. */
final class GuestJson {

    private GuestJson() {}

    /** What it sees, and what of a node that is. */
    @Schema(name = "VmHardware")
    record HardwareJson(
            @Schema(enumeration = {"bios", "uefi"}) String firmware,

            boolean tpm,
            boolean hugePages,

            @Schema(description = "Whether it has all that its job was granted")
            boolean wholeNode,

            @Schema(description = "How much of a core each processor counts for on a pool's lease", examples = "100")
            int cpuPercent) {

        static HardwareJson of(Hardware hardware) {
            return new HardwareJson(
                    hardware.firmware().name().toLowerCase(Locale.ROOT),
                    hardware.tpm(),
                    hardware.hugePages(),
                    hardware.wholeNode(),
                    hardware.cpuPercent());
        }
    }

    /** How it is connected. */
    @Schema(name = "VmNetwork")
    record NetworkJson(
            @Schema(nullable = true, description = "Bridge of the node; null: QEMU's user network") @Nullable
            String bridge,

            @Schema(description = "Whether it can open no connection to the outside")
            boolean isolated,

            @Schema(description = "What it publishes besides ssh")
            List<PortJson> ports) {

        /** @param published those that it has on its node, as far as it runs */
        static NetworkJson of(GuestNetwork network, List<PublishedPort> published) {
            return new NetworkJson(
                    network.bridge(),
                    network.isolated(),
                    network.ports().stream()
                            .map(port -> PortJson.of(port, published))
                            .toList());
        }
    }

    /** A published port; host and port are known while it runs. */
    @Schema(name = "VmPort")
    record PortJson(
            @Schema(description = "The guest's own", examples = "80")
            int guest,

            @Schema(nullable = true, examples = "10.1.0.7") @Nullable
            String host,

            @Schema(nullable = true, description = "The node's", examples = "22017") @Nullable
            Integer port) {

        private static PortJson of(int guest, List<PublishedPort> published) {
            return published.stream()
                    .filter(each -> each.guest() == guest)
                    .findFirst()
                    .map(each -> new PortJson(guest, each.host(), each.port()))
                    .orElseGet(() -> new PortJson(guest, null, null));
        }
    }

    /** As asked for; of a whole node, all of it once that is known. */
    static VmSize size(VmRecord vm) {
        LeaseRecord lease = vm.lease();
        Grant grant =
                lease == null || vm.phase().terminal() ? null : lease.state().grant();
        return grant == null
                ? vm.spec().size()
                : VmNeed.sizeOn(grant, vm.spec().size(), vm.spec().options().hardware());
    }
}
