package io.anemone.orchestrator.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentityConfigTest {

    private static <T> T mapped(Class<T> type, Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(type)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(type);
    }

    @Test
    void defaults() {
        IdentityConfig config = mapped(IdentityConfig.class, Map.of());

        assertThat(config.accountsFile()).isEqualTo(Path.of("/etc/anemone/accounts"));
        assertThat(config.sessionLifetime()).isEqualTo(Duration.ofHours(12));
        assertThat(config.failuresPerAccount()).isEqualTo(5);
        assertThat(config.failuresPerAddress()).isEqualTo(30);
        assertThat(config.failureWindow()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void names() {
        IdentityConfig config = mapped(
                IdentityConfig.class,
                Map.of(
                        "anemone.identity.accounts-file", "/a",
                        "anemone.identity.session-lifetime", "PT1H",
                        "anemone.identity.failures-per-account", "1",
                        "anemone.identity.failures-per-address", "2",
                        "anemone.identity.failure-window", "PT3S"));

        assertThat(config.accountsFile()).isEqualTo(Path.of("/a"));
        assertThat(config.sessionLifetime()).isEqualTo(Duration.ofHours(1));
        assertThat(config.failuresPerAccount()).isEqualTo(1);
        assertThat(config.failuresPerAddress()).isEqualTo(2);
        assertThat(config.failureWindow()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void siteOnHttps_makesTheCookieSecure() {
        IdentityConfig identity = IdentityFixtures.config(Path.of("/nowhere"));

        assertThat(new SessionCookie(identity, () -> URI.create("https://anemone.example"))
                        .holding(SessionToken.random())
                        .isSecure())
                .isTrue();
        assertThat(new SessionCookie(identity, () -> URI.create("http://localhost:8080"))
                        .none()
                        .isSecure())
                .isFalse();
    }
}
