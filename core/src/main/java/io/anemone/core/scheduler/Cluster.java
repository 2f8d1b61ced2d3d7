package io.anemone.core.scheduler;

import java.time.Instant;
import java.util.List;

/** Nodes and partitions as the scheduler described them at {@code takenAt}. */
public record Cluster(Instant takenAt, List<NodeView> nodes, List<PartitionView> partitions) {

    public Cluster {
        nodes = List.copyOf(nodes);
        partitions = List.copyOf(partitions);
    }
}
