package io.anemone.orchestrator.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.testkit.time.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoginLimiterTest {

    private final SettableClock clock = new SettableClock(Instant.EPOCH);
    private final LoginLimiter limiter = new LoginLimiter(IdentityFixtures.config(Path.of("/nowhere")), clock);

    private void fail(int times, String account, String address) {
        for (int i = 0; i < times; i++) {
            assertThat(limiter.begin(account, address)).isTrue();
        }
    }

    @Test
    void fiveFailures_makeTheAccountWaitFromThatAddressOnly() {
        fail(5, "alice", "10.0.0.1");

        assertThat(limiter.begin("alice", "10.0.0.1")).isFalse();
        assertThat(limiter.begin("alice", "10.0.0.2")).isTrue();
        assertThat(limiter.begin("bob", "10.0.0.1")).isTrue();
    }

    @Test
    void windowOver_letsTryAgain() {
        fail(5, "alice", "10.0.0.1");

        clock.advance(Duration.ofMinutes(1));

        assertThat(limiter.begin("alice", "10.0.0.1")).isTrue();
    }

    @Test
    void refusedAttempts_doNotProlongTheWait() {
        fail(5, "alice", "10.0.0.1");
        clock.advance(Duration.ofSeconds(59));
        assertThat(limiter.begin("alice", "10.0.0.1")).isFalse();

        clock.advance(Duration.ofSeconds(1));

        assertThat(limiter.begin("alice", "10.0.0.1")).isTrue();
    }

    @Test
    void manyAccountsFromOneAddress_makeTheAddressWait() {
        for (int i = 0; i < 30; i++) {
            assertThat(limiter.begin("user" + i, "10.0.0.1")).isTrue();
        }

        assertThat(limiter.begin("alice", "10.0.0.1")).isFalse();
        assertThat(limiter.begin("alice", "10.0.0.2")).isTrue();
    }

    @Test
    void goodLogIns_neverCount() {
        for (int i = 0; i < 100; i++) {
            assertThat(limiter.begin("alice", "10.0.0.1")).isTrue();
            limiter.succeeded("alice", "10.0.0.1");
        }
    }
}
