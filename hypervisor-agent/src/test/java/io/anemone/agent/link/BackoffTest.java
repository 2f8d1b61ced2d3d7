package io.anemone.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(new Random(7));

    @Test
    void waits_doubleUntilASecond_eachBetweenHalfAndAllOfIt() {
        long[] full = {200, 400, 800, 1000, 1000, 1000};

        for (long ms : full) {
            assertThat(backoff.next()).isBetween(Duration.ofMillis(ms / 2), Duration.ofMillis(ms));
        }
    }

    @Test
    void reset_beginsAnew() {
        Stream.generate(backoff::next).limit(10).forEach(wait -> {});

        backoff.reset();

        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(200));
    }
}
