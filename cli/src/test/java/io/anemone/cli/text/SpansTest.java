package io.anemone.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpansTest {

    @ParameterizedTest
    @CsvSource({"90m, PT1H30M", "1h30m, PT1H30M", "2d, P2D", "45S, PT45S", "PT1H, PT1H", "p1d, P1D"})
    void spanOfPeopleOrIso_isRead(String text, String expected) {
        assertThat(Spans.parse(text)).isEqualTo(Duration.parse(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "90", "1.5h", "h", "1h 30m", "-1h", "soon", "9999999999d"})
    void anythingElse_isRefusedWithExamples(String text) {
        assertThatThrownBy(() -> Spans.parse(text)).hasMessageContaining("write 30m");
    }

    @ParameterizedTest
    @CsvSource({"0, 0s", "119, 119s", "120, 2m", "7199, 119m", "7200, 2h", "172800, 2d", "-5, 0s"})
    void age_hasTheUnitThatMatters(long seconds, String expected) {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");

        assertThat(Spans.age(now.minusSeconds(seconds), now)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"PT90M, 1h30m", "P2D, 2d", "PT0S, 0s", "PT25H1S, 1d1h1s"})
    void text_isExact(Duration span, String expected) {
        assertThat(Spans.text(span)).isEqualTo(expected);
    }

    @Test
    void text_canBeReadAgain() {
        Duration span = Duration.ofSeconds(123_456);

        assertThat(Spans.parse(Spans.text(span))).isEqualTo(span);
    }
}
