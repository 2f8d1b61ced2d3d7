package io.anemone.agent;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.wire.AgentMode;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an agent is told by its job's environment.
 *
 * @param urls        {@code ANEMONE_URL}: the orchestrators, separated by commas; which one it is connected to is all the
 *                    same
 * @param mode        {@code ANEMONE_AGENT_MODE}: session (default) or system
 * @param jobId       {@code SLURM_JOB_ID}
 * @param node        {@code SLURMD_NODENAME}, or the host's name
 * @param nodeAddress {@code ANEMONE_NODE_ADDRESS}: where guests' ssh is forwarded from; null: the address that the
 *                    orchestrator is reached from
 * @param stateDir    {@code ANEMONE_STATE_DIR}: parent of the job's directory, default {@code /var/lib/anemone}
 * @param imagesDir   {@code ANEMONE_IMAGES_DIR}, default {@code /opt/anemone/images}
 * @param cache       how images are kept on the node
 * @param suspendedDir {@code ANEMONE_SUSPENDED_DIR}, on a shared file system: where the guests of suspended VMs are kept, in a
 *                    directory of each account's own; default {@code .local/state/anemone/suspended} in its home
 * @param leaseMargin {@code ANEMONE_LEASE_MARGIN}, ISO 8601: how long before the lease's end guests are ended; null:
 *                    30 s or a tenth of the lease, whichever is less
 * @param vendorData  {@code ANEMONE_VENDOR_DATA}, default {@code /etc/anemone/vendor-data}: cloud-init vendor data that the
 *                    site gives every guest; there need be none
 * @param joinLimit   {@code ANEMONE_JOIN_LIMIT}, ISO 8601, default PT5M: how long the first join may take
 * @param screens     {@code ANEMONE_VNC}: {@code on} gives guests a graphical console. QEMU makes its socket in a
 *                    directory of the agent's, and so must run as the agent's account; default on in session mode, where
 *                    it does, and off in system mode
 */
public record AgentConfig(
        List<URI> urls,
        AgentMode mode,
        String jobId,
        String node,
        @Nullable String nodeAddress,
        Path stateDir,
        Path imagesDir,
        CacheConfig cache,
        Path suspendedDir,
        @Nullable Duration leaseMargin,
        Path vendorData,
        Duration joinLimit,
        boolean screens) {

    /** Names that no child process may see. */
    public static final String TOKEN_VARIABLE = "ANEMONE_JOIN_TOKEN";

    /** @throws UsageException with one sentence that names the variable */
    public static AgentConfig of(Map<String, String> env) {
        String job = required(env, "SLURM_JOB_ID", "run the agent inside a job");
        if (!job.matches("[A-Za-z0-9_.\\[\\]-]{1,64}")) {
            throw new UsageException("SLURM_JOB_ID is not a job id: run the agent inside a job.");
        }
        AgentMode mode = mode(env.getOrDefault("ANEMONE_AGENT_MODE", "session"));
        Path stateDir = Path.of(env.getOrDefault("ANEMONE_STATE_DIR", "/var/lib/anemone"))
                .toAbsolutePath();
        return new AgentConfig(
                urls(required(env, "ANEMONE_URL", "set it to the orchestrator's URL")),
                mode,
                job,
                env.getOrDefault("SLURMD_NODENAME", hostname()),
                env.get("ANEMONE_NODE_ADDRESS"),
                stateDir,
                Path.of(env.getOrDefault("ANEMONE_IMAGES_DIR", "/opt/anemone/images"))
                        .toAbsolutePath(),
                CacheConfig.of(env, stateDir),
                suspendedDir(env),
                env.containsKey("ANEMONE_LEASE_MARGIN") ? duration(env, "ANEMONE_LEASE_MARGIN", "") : null,
                Path.of(env.getOrDefault("ANEMONE_VENDOR_DATA", "/etc/anemone/vendor-data"))
                        .toAbsolutePath(),
                duration(env, "ANEMONE_JOIN_LIMIT", "PT5M"),
                screens(env.get("ANEMONE_VNC"), mode));
    }

    /** The lease of a job that the orchestrator submitted. */
    public static LeaseId lease(Map<String, String> env) {
        String text = required(env, "ANEMONE_LEASE", "only the orchestrator starts this subcommand");
        try {
            return LeaseId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("ANEMONE_LEASE is not a lease id.", e);
        }
    }

    /** For messages: which job on which node. */
    public String identity() {
        return "(job: " + jobId + ", node: " + node + ")";
    }

    private static String required(Map<String, String> env, String name, String advice) {
        String value = env.get(name);
        if (value == null || value.isBlank()) {
            throw new UsageException(name + " is not set: " + advice + ".");
        }
        return value;
    }

    private static List<URI> urls(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(AgentConfig::url)
                .toList();
    }

    private static URI url(String text) {
        try {
            URI uri = URI.create(text);
            String scheme = uri.getScheme();
            if (uri.getHost() != null && ("http".equals(scheme) || "https".equals(scheme))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException("ANEMONE_URL is not a URL.", e);
        }
        throw new UsageException("ANEMONE_URL must be an http or https URL with a host, or several with commas.");
    }

    private static AgentMode mode(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "session" -> AgentMode.SESSION;
            case "system" -> AgentMode.SYSTEM;
            default -> throw new UsageException("ANEMONE_AGENT_MODE must be session or system.");
        };
    }

    private static boolean screens(@Nullable String text, AgentMode mode) {
        return switch (text) {
            case null -> mode == AgentMode.SESSION;
            case "on" -> true;
            case "off" -> false;
            default -> throw new UsageException("ANEMONE_VNC must be on or off.");
        };
    }

    private static Path suspendedDir(Map<String, String> env) {
        String shared = env.getOrDefault("ANEMONE_SUSPENDED_DIR", "");
        return shared.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local", "state", "anemone", "suspended")
                : Path.of(shared).toAbsolutePath().resolve(System.getProperty("user.name"));
    }

    private static Duration duration(Map<String, String> env, String name, String otherwise) {
        try {
            return Duration.parse(env.getOrDefault(name, otherwise));
        } catch (DateTimeParseException e) {
            throw new UsageException(name + " is not an ISO 8601 duration such as PT30S.", e);
        }
    }

    private static String hostname() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new UsageException("The host has no name: set SLURMD_NODENAME.", e);
        }
    }
}
