package io.anemone.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryTest {

    @ParameterizedTest
    @CsvSource({"512, 512", "512M, 512", "512MiB, 512", "2G, 2048", "2 gib, 2048"})
    void size_isReadInMiB(String text, int expected) {
        assertThat(Memory.parseMiB(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.5G", "-1", "2T", "lots", "999999999G"})
    void anythingElse_isRefused(String text) {
        assertThatThrownBy(() -> Memory.parseMiB(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"512, 512M", "1024, 1G", "1536, 1536M", "0, 0M"})
    void text_isShort(long mib, String expected) {
        assertThat(Memory.text(mib)).isEqualTo(expected);
    }
}
