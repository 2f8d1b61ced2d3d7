package io.anemone.orchestrator.scheduler.local;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** The embedded scheduler. Used when {@code anemone.scheduler.kind} is {@code local}. */
@ConfigMapping(prefix = "anemone.local")
public interface LocalConfig {

    /** Where jobs are kept, so that a restarted orchestrator finds them again; only its own account may read it. */
    @WithDefault("${user.home}/.local/state/anemone/jobs")
    Path stateDir();

    /** What its one node is called. */
    @WithDefault("localhost")
    String node();

    /** How many cores jobs may have together; those of this machine by default. */
    OptionalInt cores();

    /** How much memory jobs may have together; that of this machine by default. */
    Optional<MemorySize> memory();

    /** From SIGTERM to SIGKILL when a job is ended. */
    @WithDefault("5s")
    Duration killWait();

    /** How long a job that is over stays known. */
    @WithDefault("5m")
    Duration remember();
}
