package io.anemone.orchestrator.scheduler.slurm;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How slurmrestd is reached. Used when {@code anemone.scheduler.kind} is {@code slurm-rest}. */
@ConfigMapping(prefix = "anemone.slurm")
public interface SlurmConfig {

    /** Where slurmrestd listens; it must offer {@code openapi/v0.0.38}. */
    @WithDefault("http://localhost:6820")
    URI url();

    /**
     * The key that Slurm verifies tokens with: the {@code jwt_key} of its {@code AuthAltParameters}. With it the
     * orchestrator speaks for every account, so only its own account may read the file.
     */
    @WithDefault("/etc/anemone/jwt_hs256.key")
    Path jwtKeyFile();

    /**
     * The account that the orchestrator looks with, and that pool leases run as. Where Slurm's {@code PrivateData}
     * hides jobs from it, each lease is asked about by itself, which is slow: make it a Slurm operator there.
     */
    @WithDefault("anemone")
    String serviceUser();

    @WithDefault("2s")
    Duration connectTimeout();

    /** From sending a question to the last byte of its answer. */
    @WithDefault("10s")
    Duration answerTimeout();

    /** How long a token minted for one user is good; each is used for half of it. At most a minute. */
    @WithDefault("60s")
    Duration tokenLifetime();

    /**
     * The home directory of an account on the nodes, with {@code {user}} in it. Without it, accounts are looked
     * up on the orchestrator's host. Set it where that host does not know the cluster's accounts, but beware:
     * Slurm 22.05 runs the job of an account that it does not know as {@code nobody}.
     */
    Optional<String> homeTemplate();

    /**
     * Where a job's output goes, with {@code {home}} and Slurm's own patterns such as {@code %j} in it. Nowhere
     * by default: what the agent has to say stands in the VM's record, and homes stay clean.
     */
    @WithDefault("/dev/null")
    String output();
}
