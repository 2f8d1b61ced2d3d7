package io.anemone.agent.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anemone.core.wire.DirectClaim;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MungeTest {

    private final DirectClaim claim = new DirectClaim("77", "n1");

    @Test
    void payload_goesInByStandardInput() throws IOException {
        // Given
        Munge echo = new Munge(List.of("/bin/sh", "-c", "printf MUNGE:; cat"));

        // When, Then
        assertThat(echo.credential(claim)).isEqualTo("MUNGE:" + claim.payload());
    }

    @Test
    void mungeFails_saysWhatToLookAt() {
        // Given
        Munge broken = new Munge(List.of("/bin/sh", "-c", "echo no socket >&2; exit 1"));

        // When, Then
        assertThatThrownBy(() -> broken.credential(claim))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("munged")
                .hasMessageContaining("no socket");
    }
}
