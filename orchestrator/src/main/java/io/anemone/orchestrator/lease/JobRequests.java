package io.anemone.orchestrator.lease;

import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.scheduler.JobRequest;
import io.anemone.core.scheduler.NodeView;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.wire.AgentMode;
import io.anemone.orchestrator.request.KnownCluster;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The job that backs a lease. Its script is fixed text; all that differs is in its environment. */
@ApplicationScoped
class JobRequests {

    private static final Pattern PLAIN_PATH = Pattern.compile("/[A-Za-z0-9._/-]+");
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final AgentConfig config;
    private final JoinTokens tokens;
    private final KnownCluster cluster;

    JobRequests(AgentConfig config, JoinTokens tokens, KnownCluster cluster) {
        this.config = config;
        this.tokens = tokens;
        this.cluster = cluster;
        if (!PLAIN_PATH.matcher(config.command()).matches()) {
            throw new IllegalStateException("anemone.agent.command must be an absolute path of letters, digits, dots,"
                    + " dashes and underscores, not " + config.command());
        }
    }

    JobRequest of(LeaseRecord lease) {
        LeaseSpec spec = lease.spec();
        boolean wholeNode = spec.exclusive() && spec.memoryMiB() == 0;
        return new JobRequest(
                lease.id().jobName(),
                spec.owner(),
                spec.project(),
                spec.partition(),
                spec.cores(),
                wholeNode ? 0 : spec.memoryMiB() + (long) config.overheadMiB(),
                spec.walltime(),
                spec.exclusive(),
                avoided(spec),
                "#!/bin/sh\nexec " + config.command() + " lease\n",
                Map.of(
                        "ANEMONE_URL", urls(config),
                        "ANEMONE_LEASE", lease.id().toString(),
                        "ANEMONE_JOIN_TOKEN", tokens.tokenOf(lease.id()),
                        "ANEMONE_CACHE_TRUSTED", String.join(",", config.cacheTrusted()),
                        "ANEMONE_AGENT_MODE", modeOf(spec.path()).name().toLowerCase(Locale.ROOT),
                        "PATH", PATH));
    }

    /** As long as others are left: rather a node that has failed before than none. */
    private Set<String> avoided(LeaseSpec spec) {
        boolean others = cluster.newest().stream()
                .flatMap(known -> known.nodes().stream())
                .anyMatch(node ->
                        node.available() && serves(node, spec) && !spec.avoid().contains(node.name()));
        return others ? spec.avoid() : Set.of();
    }

    private boolean serves(NodeView node, LeaseSpec spec) {
        return spec.partition() == null || node.partitions().contains(spec.partition());
    }

    private static String urls(AgentConfig config) {
        return config.urls().stream().map(URI::toString).collect(Collectors.joining(","));
    }

    /** A pool's agent serves guests of many owners; any other runs as its one owner. */
    static AgentMode modeOf(LaunchPath path) {
        return switch (path) {
            case STATIC -> AgentMode.SYSTEM;
            case SCHEDULED, DIRECT -> AgentMode.SESSION;
        };
    }
}
