package io.anemone.orchestrator.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleTextTest {

    @Test
    void escapesAndControls_areGone_theWordsStay() {
        // Given
        String written =
                "\u001B[2J\u001B[1;31mboot\u001B[0m ok\r\n\tready\u0007\u0000 \u001B]0;title\u0007é\u202Ex\u009B";

        // Then
        assertThat(ConsoleText.of(written.getBytes(StandardCharsets.UTF_8))).isEqualTo("boot ok\r\n\tready éx");
    }

    @Test
    void bytesThatAreNoText_areReplaced() {
        assertThat(ConsoleText.of(new byte[] {'a', (byte) 0xFF, 'b'})).isEqualTo("a\uFFFDb");
    }
}
