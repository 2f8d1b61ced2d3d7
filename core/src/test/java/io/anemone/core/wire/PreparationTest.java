package io.anemone.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.anemone.core.wire.Preparation.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreparationTest {

    @Test
    void copyUnderWay_saysHowFarItIs() {
        assertThat(new Preparation(Step.COPYING, 1, 3L << 20, 0).sentence())
                .isEqualTo("The image is copied to the node: 1 of 3 MiB (0 %).");
        assertThat(new Preparation(Step.WAITING, 0, 0, 0).sentence()).contains("0 of 0 MiB (0 %)");
    }

    @ParameterizedTest
    @EnumSource
    void everyStep_isOneSentence(Step step) {
        assertThat(new Preparation(step, 5L << 20, 10L << 20, 1234).sentence()).matches("[A-Z].*[^ .]\\.");
    }

    @Test
    void whatCannotBe_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Preparation(Step.COPYING, -1, 1, 1));
    }
}
