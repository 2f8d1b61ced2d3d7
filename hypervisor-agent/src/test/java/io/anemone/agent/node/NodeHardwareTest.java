package io.anemone.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.hypervisor.DomainSpec.Network;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.AgentMode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeHardwareTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    private NodeHardware node() {
        return new NodeHardware(root);
    }

    private Path file(String name, String text) throws Exception {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void bareNode_hasNothing() {
        assertThat(node().uefi()).isEmpty();
        assertThat(node().tpm()).isFalse();
        assertThat(node().hugePages(1, AgentMode.SYSTEM)).isFalse();
        assertThat(node().bridge("br0")).isFalse();
    }

    @Test
    void firmware_needsItsVariablesToo() throws Exception {
        // Given
        Path code = file("usr/share/OVMF/OVMF_CODE_4M.fd", "");
        assertThat(node().uefi()).isEmpty();

        // When
        Path variables = file("usr/share/OVMF/OVMF_VARS_4M.fd", "");

        // Then
        assertThat(node().uefi()).contains(new NodeHardware.Uefi(code, variables));
    }

    @Test
    void hugePages_mustBeFreeForAllOfTheGuest() throws Exception {
        // Given
        Files.createDirectories(root.resolve("dev/hugepages"));
        file("proc/meminfo", "MemTotal: 1 kB\nHugePages_Free:      256\nHugepagesize:       2048 kB\n");

        // When, Then
        assertThat(node().hugePages(512, AgentMode.SYSTEM)).isTrue();
        assertThat(node().hugePages(513, AgentMode.SYSTEM)).isFalse();
    }

    @Test
    void bridge_isADeviceThatIsOne() throws Exception {
        // Given
        Files.createDirectories(root.resolve("sys/class/net/br0/bridge"));
        Files.createDirectories(root.resolve("sys/class/net/eth0"));

        // When, Then
        assertThat(node().bridge("br0")).isTrue();
        assertThat(node().bridge("eth0")).isFalse();
        assertThat(node().bridge("../net/br0")).isFalse();
    }

    @Test
    void hardwareAddress_isTheVmsOwnAndLocal() {
        assertThat(NodeHardware.onBridge("br0", VmId.parse("11111111-2222-4333-8444-555566667777")))
                .isEqualTo(new Network.Bridge("br0", "06:55:66:66:77:77"));
    }
}
