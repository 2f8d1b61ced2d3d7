package io.anemone.orchestrator.scheduler.slurm;

import io.anemone.core.scheduler.NodeView;
import io.anemone.core.scheduler.PartitionView;
import io.anemone.orchestrator.scheduler.slurm.SlurmAnswers.Node;
import io.anemone.orchestrator.scheduler.slurm.SlurmAnswers.Partition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Translates nodes and partitions as slurmrestd tells them. */
final class SlurmCluster {

    private static final Set<String> WORKING = Set.of("idle", "mixed", "allocated");

    /** Flags that do not keep the scheduler from giving a node to a job. */
    private static final Set<String> HARMLESS = Set.of("completing", "planned", "cloud", "dynamic_norm", "power_drain");

    private SlurmCluster() {}

    static List<NodeView> nodes(List<Node> nodes) {
        return nodes.stream()
                .filter(node -> node.name() != null)
                .map(SlurmCluster::node)
                .toList();
    }

    static List<PartitionView> partitions(List<Partition> partitions) {
        return partitions.stream()
                .filter(partition -> partition.name() != null)
                .map(SlurmCluster::partition)
                .toList();
    }

    private static NodeView node(Node node) {
        String base = lower(node.state());
        List<String> flags = or(node.flags()).stream().map(SlurmCluster::lower).toList();
        List<String> words = new ArrayList<>(List.of(base));
        words.addAll(flags);
        return new NodeView(
                Objects.requireNonNull(node.name()),
                String.join("+", words),
                WORKING.contains(base) && HARMLESS.containsAll(flags),
                or(node.cpus()),
                or(node.memoryMiB()),
                or(node.allocatedCpus()),
                or(node.allocatedMemoryMiB()),
                or(node.partitions()));
    }

    private static PartitionView partition(Partition partition) {
        Long minutes = partition.maxMinutes();
        return new PartitionView(
                Objects.requireNonNull(partition.name()),
                or(partition.flags()).contains("default"),
                minutes == null || minutes <= 0 ? null : Duration.ofMinutes(minutes));
    }

    private static String lower(@Nullable String word) {
        return word == null ? "unknown" : word.toLowerCase(Locale.ROOT);
    }

    private static int or(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    private static long or(@Nullable Long number) {
        return number == null ? 0 : number;
    }

    private static List<String> or(@Nullable List<String> words) {
        return words == null ? List.of() : words;
    }
}
