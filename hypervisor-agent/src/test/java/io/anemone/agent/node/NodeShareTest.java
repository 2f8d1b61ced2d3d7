package io.anemone.agent.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anemone.agent.Guests;
import io.anemone.core.hypervisor.DomainSpec.Machine;
import io.anemone.core.hypervisor.DomainSpec.Network;
import io.anemone.core.vm.GuestNetwork;
import io.anemone.core.vm.GuestOptions;
import io.anemone.core.vm.Hardware;
import io.anemone.core.vm.Hardware.Firmware;
import io.anemone.core.vm.Storage;
import io.anemone.core.wire.Acceleration;
import io.anemone.core.wire.AgentMode;
import io.anemone.core.wire.DesiredVm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeShareTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    private final List<String> warnings = new ArrayList<>();

    private NodeShare share(AgentMode mode) {
        Cores cores = new Cores(new NodeCpus(CpuSet.parse("4-7"), Map.of()));
        return new NodeShare(cores, new NodeHardware(root), mode);
    }

    private static DesiredVm vm(Hardware hardware, GuestNetwork network) {
        return Guests.desired(Guests.id()).with(new GuestOptions(hardware, Storage.NONE, network, null, null));
    }

    private static DesiredVm vm(Hardware hardware) {
        return vm(hardware, GuestNetwork.DEFAULT);
    }

    private Machine machine(AgentMode mode, Hardware hardware, Acceleration acceleration) throws Exception {
        return share(mode).machine(vm(hardware), acceleration, null, warnings::add);
    }

    @Test
    void guestOnKvm_hasACoreOfItsOwn() throws Exception {
        assertThat(machine(AgentMode.SESSION, Hardware.DEFAULT, Acceleration.KVM)
                        .place()
                        .cpus())
                .containsExactly(4);
        assertThat(machine(AgentMode.SESSION, Hardware.DEFAULT, Acceleration.EMULATION))
                .isEqualTo(Machine.PLAIN);
    }

    @Test
    void partOfACore_isHeldToItWhereLibvirtCan() throws Exception {
        // Given
        Hardware quarter = new Hardware(Firmware.BIOS, false, false, false, 25);

        // When, Then
        assertThat(machine(AgentMode.SYSTEM, quarter, Acceleration.KVM).place().cpuPercent())
                .isEqualTo(100);
        assertThat(warnings).singleElement().asString().startsWith("not held to its part of a core");
        Files.createDirectories(root.resolve("sys/fs/cgroup/cpu"));
        assertThat(machine(AgentMode.SYSTEM, quarter, Acceleration.KVM).place().cpuPercent())
                .isEqualTo(25);
        // Its job has whole cores of its own.
        assertThat(machine(AgentMode.SESSION, quarter, Acceleration.KVM)).isEqualTo(Machine.PLAIN);
        assertThat(warnings).hasSize(1);
    }

    @Test
    void noTpmOnTheNode_isSaidBeforeItIsStarted() {
        assertThatThrownBy(() -> machine(
                        AgentMode.SESSION, new Hardware(Firmware.BIOS, true, false, false, 100), Acceleration.KVM))
                .isInstanceOf(HardwareMissingException.class)
                .hasMessageContaining("swtpm");
    }

    @Test
    void noHugePages_plainMemoryAndAWarning() throws Exception {
        assertThat(machine(
                                AgentMode.SYSTEM,
                                new Hardware(Firmware.BIOS, false, true, false, 100),
                                Acceleration.EMULATION)
                        .hugePages())
                .isFalse();
        assertThat(warnings).singleElement().asString().startsWith("no huge pages");
    }

    @Test
    void bridge_isForSystemModeAlone() throws Exception {
        // Given
        Files.createDirectories(root.resolve("sys/class/net/br0/bridge"));
        DesiredVm bridged = vm(Hardware.DEFAULT, new GuestNetwork("br0", List.of(), false));

        // When, Then
        assertThat(share(AgentMode.SYSTEM).network(bridged)).isInstanceOf(Network.Bridge.class);
        assertThatThrownBy(() -> share(AgentMode.SESSION).network(bridged))
                .isInstanceOf(HardwareMissingException.class);
        assertThat(share(AgentMode.SESSION).network(vm(Hardware.DEFAULT, new GuestNetwork(null, List.of(), true))))
                .isEqualTo(new Network.User(true));
    }
}
