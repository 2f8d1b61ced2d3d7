package io.anemone.agent.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PortsTest {

    private final Ports ports = Ports.of(InetAddress.getLoopbackAddress(), RandomGenerator.getDefault());

    @Test
    void taken_areDifferentAndInRange() {
        // When
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            taken.add(ports.take().orElseThrow());
        }

        // Then
        assertThat(taken).hasSize(50).allMatch(port -> port >= Ports.FIRST && port <= Ports.LAST);
    }

    @Test
    void somebodyListens_isNotFree() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(ports.free(other.getLocalPort())).isFalse();
        }
    }
}
