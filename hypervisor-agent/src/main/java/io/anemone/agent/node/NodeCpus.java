package io.anemone.agent.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The processors that the job was given.
 *
 * @param given     those that guests may be pinned to; none if the scheduler binds jobs to no processors
 * @param numaNodes the node's memories and the processors next to each (empty: there is but one)
 */
public record NodeCpus(CpuSet given, Map<Integer, CpuSet> numaNodes) {

    private static final System.Logger LOG = System.getLogger(NodeCpus.class.getName());
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path NUMA = Path.of("/sys/devices/system/node");

    /** Nothing is pinned. */
    public static final NodeCpus ANY = new NodeCpus(CpuSet.NONE, Map.of());

    public NodeCpus {
        numaNodes = Map.copyOf(numaNodes);
    }

    /** @param env {@code SLURM_CPUS_ON_NODE} of it says how many the job was granted here */
    public static NodeCpus of(Map<String, String> env) {
        try {
            return new NodeCpus(given(allowed(), env.get("SLURM_CPUS_ON_NODE")), numaNodes(NUMA));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "the job's processors are not known, so guests are not pinned: " + e.getMessage());
            return ANY;
        }
    }

    /** What this process may run on: its affinity mask, cut by the cpuset of its cgroup. */
    public static CpuSet allowed() throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .map(line -> CpuSet.parse(line.substring(line.indexOf(':') + 1)))
                .findFirst()
                .orElse(CpuSet.NONE);
    }

    /** A mask that is not as wide as the grant was not made for it: others may be pinned to the same processors. */
    static CpuSet given(CpuSet allowed, @Nullable String granted) {
        return granted != null && granted.equals(Integer.toString(allowed.size())) ? allowed : CpuSet.NONE;
    }

    static Map<Integer, CpuSet> numaNodes(Path directory) throws IOException {
        Map<Integer, CpuSet> nodes = new TreeMap<>();
        if (!Files.isDirectory(directory)) {
            return nodes;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "node[0-9]*")) {
            for (Path node : all) {
                int number = Integer.parseInt(node.getFileName().toString().substring("node".length()));
                nodes.put(number, CpuSet.parse(Files.readString(node.resolve("cpulist"))));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return nodes.size() > 1 ? nodes : Map.of();
    }
}
