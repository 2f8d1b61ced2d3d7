package io.anemone.core.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.vm.SshEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {

    @Test
    void controlAndBidiCharacters_areGone() {
        assertThat(PlainText.of("a\u001B[31mb\r\nc\u202Ed\u2028e\u0000")).isEqualTo("a [31mb c d e");
    }

    @Test
    void longText_isCut() {
        assertThat(PlainText.of("x".repeat(100_000))).hasSize(501).endsWith("…");
    }

    @Test
    void address_staysAsItIs() {
        SshEndpoint ssh = new SshEndpoint("n1.cluster-7.example", 22_001);
        assertThat(PlainText.endpoint(ssh)).isEqualTo(ssh);
        assertThat(PlainText.endpoint(new SshEndpoint("fd00::1", 22))).isNotNull();
        assertThat(PlainText.endpoint(null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"-oProxyCommand=sh, 22", "'n1 n2', 22", "n1;reboot, 22", "'', 22", "n1, 0", "n1, 70000"})
    void whatIsNoAddress_isDropped(String host, int port) {
        assertThat(PlainText.endpoint(new SshEndpoint(host, port))).isNull();
    }
}
