package io.anemone.orchestrator.stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** Connections to guests: ssh and consoles. */
@ConfigMapping(prefix = "anemone.streams")
public interface StreamConfig {

    /** Where agents reach this very orchestrator, not any of the site's. */
    @WithDefault("${anemone.http.url:http://localhost:8080}")
    URI url();

    /** How long a ticket is good. */
    @WithDefault("PT30S")
    Duration ticketLifetime();

    /** How long the guest's agent may take to bring its end. */
    @WithDefault("PT10S")
    Duration agentWait();

    /** How many may be open to one VM. */
    @WithDefault("16")
    int perVm();

    /** How many one user may have open. */
    @WithDefault("32")
    int perUser();

    /** How many may be open to the VMs of one lease. */
    @WithDefault("128")
    int perLease();

    /** How often both ends are asked whether they are there, and it is looked whether log-in and VM still are. */
    @WithDefault("PT15S")
    Duration ping();

    /** How long nothing may be said before a stream is closed. */
    @WithDefault("PT2H")
    Duration idle();
}
