package io.anemone.core.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FenceTest {

    @Property
    void ofTwoDifferentOnes_theLaterAloneIsAdmittedByTheOther(
            @ForAll @LongRange(min = 0, max = 3) long generation,
            @ForAll @IntRange(min = 0, max = 3) int attempt,
            @ForAll @LongRange(min = 0, max = 3) long otherGeneration,
            @ForAll @IntRange(min = 0, max = 3) int otherAttempt) {
        Fence one = new Fence(generation, attempt);
        Fence other = new Fence(otherGeneration, otherAttempt);

        assertThat(one.admits(other) && other.admits(one)).isEqualTo(one.equals(other));
        assertThat(one.admits(other) || other.admits(one)).isTrue();
    }

    @Property
    void written_isReadBack(
            @ForAll @LongRange(min = 0, max = 999_999_999_999_999_999L) long generation,
            @ForAll @IntRange(min = 0, max = 999_999_999) int attempt) {
        Fence fence = new Fence(generation, attempt);

        assertThat(Fence.parse(fence.toString())).isEqualTo(fence);
    }

    @Test
    void anotherVmsFirstAttempt_isLaterThanThisOnesLast() {
        assertThat(new Fence(7, 3).admits(new Fence(8, 1))).isTrue();
        assertThat(new Fence(8, 1).admits(new Fence(7, 3))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1  2", "-1 2", "1 2 3", "1 2\n", "99999999999999999999 1"})
    void anythingElse_isNoFence(String text) {
        assertThatThrownBy(() -> Fence.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
