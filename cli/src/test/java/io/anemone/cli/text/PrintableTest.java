package io.anemone.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[31m",
                "\u009b31m",
                "a\u0000b",
                "a\rb",
                "a\nb",
                "a\u2028b",
                "\u202eabc",
                "\u200b",
                "\u007f"
            })
    void hiddenCharacters_becomeVisible(String text) {
        assertThat(Printable.line(text)).contains("\uFFFD").doesNotMatch("(?s).*[\\p{Cc}\\p{Cf}\\u2028].*");
        assertThat(Printable.json(text.replace("\n", ""))).doesNotMatch("(?s).*[\\p{Cc}\\p{Cf}\\u2028].*");
    }

    @Test
    void ordinaryText_staysAsItIs() {
        String text = "Grüße, 世界 🐠 — <b>&amp;</b>";

        assertThat(Printable.line(text)).isEqualTo(text);
        assertThat(Printable.lines(text + "\n\tx")).isEqualTo(text + "\n\tx");
        assertThat(Printable.json(text)).isEqualTo(text);
    }
}
