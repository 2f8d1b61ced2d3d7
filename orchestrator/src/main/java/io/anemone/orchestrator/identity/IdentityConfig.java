package io.anemone.orchestrator.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Who may log in, and for how long. */
@ConfigMapping(prefix = "anemone.identity")
public interface IdentityConfig {

    /** Lines of {@code name:role:hash}; role {@code user} or {@code operator}, hash as of {@code mkpasswd -m sha-512}. */
    @WithDefault("/etc/anemone/accounts")
    Path accountsFile();

    /** How long a log-in lasts. */
    @WithDefault("PT12H")
    Duration sessionLifetime();

    /** Failed log-ins of one account from one address before it has to wait. */
    @WithDefault("5")
    int failuresPerAccount();

    /** Failed log-ins from one address, whatever the account, before it has to wait. */
    @WithDefault("30")
    int failuresPerAddress();

    /** How long a failed log-in counts. */
    @WithDefault("PT1M")
    Duration failureWindow();
}
