package io.anemone.orchestrator.request;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.scheduler.Cluster;
import io.anemone.core.scheduler.NodeView;
import io.anemone.core.scheduler.PartitionView;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.VmNeed;
import io.anemone.core.vm.VmSize;
import io.anemone.core.vm.VmSpec;
import io.anemone.orchestrator.lease.AgentConfig;
import io.anemone.orchestrator.problem.Echo;
import io.anemone.orchestrator.problem.FieldException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what the cluster can never run, as far as its newest description tells. Without one nothing is refused
 * here: the scheduler has the last word anyhow. A node that is down counts, because it may come back.
 */
@ApplicationScoped
public class SiteLimits {

    private final KnownCluster cluster;
    private final int overheadMiB;

    @Inject
    public SiteLimits(KnownCluster cluster, AgentConfig agent) {
        this(cluster, agent.overheadMiB());
    }

    /** @param overheadMiB what a lease needs besides its guests and their QEMUs */
    SiteLimits(KnownCluster cluster, int overheadMiB) {
        this.cluster = cluster;
        this.overheadMiB = overheadMiB;
    }

    void check(VmSpec spec) {
        cluster.newest().ifPresent(known -> check(spec, known));
    }

    private void check(VmSpec spec, Cluster known) {
        PartitionView partition = spec.path() == LaunchPath.SCHEDULED ? partition(spec.partition(), known) : null;
        checkWalltime(spec.walltime(), partition);
        List<NodeView> nodes = known.nodes().stream()
                .filter(node -> partition == null || node.partitions().contains(partition.name()))
                .toList();
        // A listing without nodes tells of trouble, not of a cluster where nothing fits
        VmNeed need = VmNeed.of(spec);
        if (!nodes.isEmpty()
                && nodes.stream()
                        .noneMatch(node -> node.cores() >= need.wholeCores()
                                && node.memoryMiB() - overheadMiB >= need.memoryMiB())) {
            throw tooLarge(spec, nodes);
        }
    }

    /**
     * The walltime of a pool's leases.
     *
     * @param chosen   what the operator asked for, or null
     * @param ifAbsent what it is otherwise, as far as the partition allows it
     */
    Duration poolWalltime(@Nullable String partition, @Nullable Duration chosen, Duration ifAbsent) {
        PartitionView known =
                cluster.newest().map(all -> partition(partition, all)).orElse(null);
        checkWalltime(chosen, known);
        if (chosen != null) {
            return chosen;
        }
        Duration most = known == null ? null : known.maxWalltime();
        return most == null || ifAbsent.compareTo(most) <= 0 ? ifAbsent : most;
    }

    private static void checkWalltime(@Nullable Duration walltime, @Nullable PartitionView partition) {
        Duration most = partition == null ? null : partition.maxWalltime();
        if (partition != null && walltime != null && most != null && walltime.compareTo(most) > 0) {
            throw new FieldException(
                    ErrorCode.WALLTIME_TOO_LONG,
                    "walltime",
                    "The partition " + partition.name() + " allows at most " + most + ", not " + walltime
                            + ": ask for less, or for another partition.");
        }
    }

    /** The partition that the job would go to; null if the scheduler named no default. */
    private static @Nullable PartitionView partition(@Nullable String wanted, Cluster known) {
        if (wanted == null) {
            return known.partitions().stream()
                    .filter(PartitionView::isDefault)
                    .findFirst()
                    .orElse(null);
        }
        return known.partitions().stream()
                .filter(partition -> partition.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new FieldException(
                        ErrorCode.UNKNOWN_PARTITION,
                        "partition",
                        "There is no partition " + Echo.of(wanted) + ": take one of " + names(known) + "."));
    }

    private static String names(Cluster known) {
        return known.partitions().stream().map(PartitionView::name).sorted().collect(Collectors.joining(", "));
    }

    private FieldException tooLarge(VmSpec spec, List<NodeView> nodes) {
        VmSize size = spec.size();
        long besides = overheadMiB + VmNeed.overheadMiB(size, spec.options().hardware());
        int cores = nodes.stream().mapToInt(NodeView::cores).max().orElse(0);
        NodeView largest = nodes.stream()
                .max(Comparator.comparingLong(NodeView::memoryMiB))
                .orElseThrow();
        boolean byCores = VmNeed.of(spec).wholeCores() > cores;
        return new FieldException(
                ErrorCode.SIZE_TOO_LARGE,
                byCores ? "vcpus" : "memoryMiB",
                "No node has room for " + size.vcpus() + " cores and " + size.memoryMiB() + " MiB: the most is "
                        + cores + " cores, and " + (largest.memoryMiB() - besides) + " MiB beside "
                        + largest.cores()
                        + " cores; ask for less.");
    }
}
