package io.anemone.agent.node;

import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainSpec.Firmware;
import io.anemone.core.hypervisor.DomainSpec.Machine;
import io.anemone.core.hypervisor.DomainSpec.Network;
import io.anemone.core.hypervisor.DomainSpec.Place;
import io.anemone.core.vm.Hardware;
import io.anemone.core.wire.Acceleration;
import io.anemone.core.wire.AgentMode;
import io.anemone.core.wire.DesiredVm;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What of the node an agent gives out to its guests, besides files and ports. */
public record NodeShare(Cores cores, NodeHardware hardware, AgentMode mode) {

    /** Of an agent that is told nothing about its job. */
    public static NodeShare plain() {
        return new NodeShare(new Cores(NodeCpus.ANY), new NodeHardware(), AgentMode.SESSION);
    }

    /**
     * @param firmware what was prepared for a guest that boots by UEFI, or null
     * @param warn     told of what the guest has to do without
     */
    public Machine machine(DesiredVm vm, Acceleration acceleration, @Nullable Firmware firmware, Consumer<String> warn)
            throws HardwareMissingException {
        Hardware wanted = vm.options().hardware();
        if (wanted.tpm() && !hardware.tpm()) {
            throw new HardwareMissingException("The node has no software TPM (swtpm, swtpm_setup)");
        }
        boolean hugePages = wanted.hugePages() && hardware.hugePages(vm.size().memoryMiB(), mode);
        if (wanted.hugePages() && !hugePages) {
            warn.accept("no huge pages: there are not enough free ones on this node, or this job may not use them");
        }
        return new Machine(firmware, wanted.tpm(), hugePages, place(vm, wanted, acceleration, warn));
    }

    private Place place(DesiredVm vm, Hardware wanted, Acceleration acceleration, Consumer<String> warn) {
        if (wanted.cpuPercent() < Hardware.WHOLE_CORE) {
            if (mode == AgentMode.SYSTEM && hardware.cpuQuota()) {
                return new Place(List.of(), null, wanted.cpuPercent());
            }
            if (mode == AgentMode.SYSTEM) {
                warn.accept("not held to its part of a core: libvirt has no cgroup for that on this node");
            }
            return Place.ANYWHERE;
        }
        // Emulation's threads do more than run the guest's processors, and are slow enough to be moved about.
        return acceleration == Acceleration.KVM
                ? cores.take(new DomainId(vm.vm(), vm.attempt()), vm.size().vcpus())
                : Place.ANYWHERE;
    }

    public Network network(DesiredVm vm) throws HardwareMissingException {
        String bridge = vm.options().network().bridge();
        if (bridge == null) {
            return new Network.User(vm.options().network().isolated());
        }
        if (mode != AgentMode.SYSTEM || !hardware.bridge(bridge)) {
            throw new HardwareMissingException("The node has no bridge " + bridge + " that this job may use");
        }
        return NodeHardware.onBridge(bridge, vm.vm());
    }
}
