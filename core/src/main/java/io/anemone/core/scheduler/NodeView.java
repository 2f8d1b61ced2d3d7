package io.anemone.core.scheduler;

import java.util.List;

/**
 * What the scheduler said of one node.
 *
 * @param name               node name
 * @param state              the scheduler's own word, lower case, e.g. {@code idle}, {@code mixed}, {@code down}
 * @param available          whether new jobs can start on it
 * @param cores              processor cores in all
 * @param memoryMiB          memory in all, in MiB
 * @param allocatedCores     cores that jobs hold
 * @param allocatedMemoryMiB memory that jobs hold, in MiB
 * @param partitions         partitions that it is in
 */
public record NodeView(
        String name,
        String state,
        boolean available,
        int cores,
        long memoryMiB,
        int allocatedCores,
        long allocatedMemoryMiB,
        List<String> partitions) {

    public NodeView {
        partitions = List.copyOf(partitions);
    }
}
