package io.anemone.orchestrator.vm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleTextTest {

    @Test
    void ordinaryText_stays() {
        assertThat(ConsoleText.plain("a\tb\r\nüñ 世界\n")).isEqualTo("a\tb\r\nüñ 世界\n");
    }

    /** {@code ^[} stands for ESC, {@code ^G} for BEL. */
    @ParameterizedTest
    @CsvSource({
        "^[[31mred^[[0m, red",
        "^[[?25lx, x",
        "^[[2J^[[1;1Hx, x",
        "^[]0;title^Gx, x",
        "^[]8;;http://evil^[\\x, x",
        "^[Pdata^[\\x, x",
        "^[(Bx, x",
        "^[=x, x",
        "^[Ex, x",
        "x^Gy, x�y",
        "x^[, x",
        "x^[[, x",
        "x^[]0;half, x"
    })
    void escapeSequencesAndControlCharacters_go(String written, String shown) {
        String raw = written.replace("^[", "\u001b").replace("^G", "\u0007");

        assertThat(ConsoleText.plain(raw)).isEqualTo(shown);
    }

    @Test
    void controlCharactersOfEightBits_go() {
        assertThat(ConsoleText.plain("x\u009by\0z\u007f")).isEqualTo("x�y�z�");
    }

    @Test
    void longText_isCutToItsEnd() {
        String text = ConsoleText.plain("x".repeat(100_000) + "end");

        assertThat(text).hasSize(ConsoleText.MAX_CHARS).endsWith("xend");
    }
}
