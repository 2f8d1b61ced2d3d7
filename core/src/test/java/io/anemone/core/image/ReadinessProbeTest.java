package io.anemone.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anemone.core.image.ReadinessProbe.Kind;
import io.anemone.core.image.ReadinessProbe.OnTimeout;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReadinessProbeTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @ParameterizedTest
    @EnumSource(names = "CONSOLE", mode = EnumSource.Mode.EXCLUDE)
    void probeWithoutAPattern_saysWhatIsMissing(Kind kind) {
        ReadinessProbe probe = new ReadinessProbe(kind, MINUTE);

        assertThat(probe.missing()).isNotBlank();
        assertThat(probe.onTimeout()).isEqualTo(OnTimeout.TELL);
        assertThatThrownBy(() -> new ReadinessProbe(kind, MINUTE, "x", OnTimeout.TELL))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void console_needsAPatternWithinBounds() {
        assertThat(new ReadinessProbe(Kind.CONSOLE, MINUTE, "login: ", OnTimeout.FAIL).missing())
                .contains("\"login: \"");
        assertThatThrownBy(() -> new ReadinessProbe(Kind.CONSOLE, MINUTE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ReadinessProbe(Kind.CONSOLE, MINUTE, " ", OnTimeout.TELL))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ReadinessProbe(Kind.CONSOLE, MINUTE, "x".repeat(257), OnTimeout.TELL))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
