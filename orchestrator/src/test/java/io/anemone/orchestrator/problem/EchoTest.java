package io.anemone.orchestrator.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EchoTest {

    @Test
    void ordinaryText_staysAsItIs() {
        assertThat(Echo.of("Grüße, 世界 🪸")).isEqualTo("“Grüße, 世界 🪸”");
    }

    @Test
    void longText_isCut() {
        assertThat(Echo.plain("x".repeat(1 << 20))).hasSize(101).endsWith("x…");
        assertThat(Echo.plain("x".repeat(100))).hasSize(100).doesNotContain("…");
    }

    @Test
    void charactersThatMislead_areReplaced() {
        assertThat(Echo.plain("a\nb\0c\u001b[31m\u202ed\u200be\u2028f\ud800g\ue000"))
                .isEqualTo("a�b�c�[31m�d�e�f�g�");
    }
}
