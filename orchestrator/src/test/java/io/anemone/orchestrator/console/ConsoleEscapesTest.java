package io.anemone.orchestrator.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleEscapesTest {

    @Test
    void ordinaryText_stays() {
        assertThat(shown("a\tb\r\nüñ 世界\n")).isEqualTo("a\tb\r\nüñ 世界\n");
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
        "x^Gy, xy",
        "x^[, x",
        "x^[[, x",
        "x^[]0;half, x"
    })
    void escapeSequencesAndControlCharacters_go(String written, String shown) {
        String raw = written.replace("^[", "\u001b").replace("^G", "\u0007");

        assertThat(shown(raw)).isEqualTo(shown);
    }

    @Test
    void charactersThatMislead_go() {
        assertThat(shown("x\u009by\0z\u007f\u202e\u200b!")).isEqualTo("xyz!");
    }

    @Test
    void whatIsNotUtf8_isReplaced() {
        assertThat(ConsoleText.of(new byte[] {'a', (byte) 0xff, 'b'})).isEqualTo("a\ufffdb");
    }

    private static String shown(String written) {
        return ConsoleText.of(written.getBytes(StandardCharsets.UTF_8));
    }
}
