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
            taken.addAll(ports.take(2).orElseThrow());
        }

        // Then
        assertThat(taken).hasSize(100).allMatch(port -> port >= Ports.FIRST && port <= Ports.LAST);
    }

    @Test
    void notEnough_noneIsTaken() {
        // Given
        Ports three = new Ports("10.0.0.1", RandomGenerator.getDefault(), port -> port < Ports.FIRST + 3);

        // When
        boolean four = three.take(4).isPresent();

        // Then
        assertThat(four).isFalse();
        assertThat(three.take(3)).hasValueSatisfying(ports -> assertThat(ports).doesNotHaveDuplicates());
        assertThat(three.take(1)).isEmpty();
    }

    @Test
    void somebodyListens_isNotFree() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(ports.free(other.getLocalPort())).isFalse();
        }
    }
}
