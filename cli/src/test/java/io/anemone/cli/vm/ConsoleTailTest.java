package io.anemone.cli.vm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConsoleTailTest {

    private final ConsoleTail tail = new ConsoleTail();

    @Test
    void textThatGrew_givesItsEnd() {
        assertThat(tail.news("abc")).isEqualTo("abc");
        assertThat(tail.news("abcde")).isEqualTo("de");
        assertThat(tail.news("abcde")).isEmpty();
    }

    @Test
    void textThatWasCutAtItsBeginning_givesWhatFollowsTheKnownEnd() {
        String before = "x".repeat(5000) + "the known end";

        tail.news(before);

        assertThat(tail.news(before.substring(2500) + " and more")).isEqualTo(" and more");
    }

    @Test
    void textOfAnotherAttempt_isGivenWhole() {
        tail.news("first attempt");

        assertThat(tail.news("second")).isEqualTo("second");
    }
}
