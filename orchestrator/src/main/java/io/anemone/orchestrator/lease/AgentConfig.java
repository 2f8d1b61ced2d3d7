package io.anemone.orchestrator.lease;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The agent in a lease's job. */
@ConfigMapping(prefix = "anemone.agent")
public interface AgentConfig {

    /** The agent's program on the nodes: an absolute path without characters that a shell would take for more. */
    @WithDefault("/opt/anemone/bin/anemone-agent")
    String command();

    /** Where agents find the orchestrators of this site; they connect to any. */
    @WithDefault("${anemone.http.url:http://localhost:8080}")
    List<URI> urls();

    /** What join tokens are made with; made on first use, mode 0600, where it does not exist. */
    @WithDefault("/etc/anemone/agent-token.key")
    Path tokenKeyFile();

    /**
     * What agent and libvirt need, once for each lease; asked for on top. What each guest's QEMU needs is counted with
     * its VM: see {@link io.anemone.core.vm.VmNeed}.
     */
    @WithDefault("128M")
    MemorySize memoryOverhead();

    /**
     * Accounts whose caches of images on a node every agent reads, besides its own. The service account's is filled by the
     * agents of pools.
     */
    @WithDefault("root,${anemone.reconcile.service-user:${anemone.slurm.service-user:anemone}}")
    List<String> cacheTrusted();

    /** How long a guest may take to shut down before it is destroyed. */
    @WithDefault("PT5S")
    Duration stopGrace();

    /** How long it may take when it was asked for politely; less than {@code anemone.vm.stop-timeout}. */
    @WithDefault("PT45S")
    Duration shutdownGrace();

    /** How long an agent may be silent on an open connection before that is taken for dead. */
    @WithDefault("PT15S")
    Duration silence();

    default int overheadMiB() {
        return Math.toIntExact(memoryOverhead().asLongValue() >> 20);
    }
}
