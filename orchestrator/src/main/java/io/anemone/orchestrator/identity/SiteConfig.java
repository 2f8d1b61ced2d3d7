package io.anemone.orchestrator.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

/** Where people and agents reach this site. */
@ConfigMapping(prefix = "anemone.http")
public interface SiteConfig {

    /** The orchestrator's address as others see it; with {@code https} the log-in's cookie is sent over TLS only. */
    @WithDefault("http://localhost:8080")
    URI url();
}
