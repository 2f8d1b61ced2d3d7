package io.anemone.cli.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node as the API shows it. */
public record Node(
        String name,
        String state,
        boolean available,
        int cores,
        long memoryMiB,
        int allocatedCores,
        long allocatedMemoryMiB,
        @Nullable List<String> partitions,
        @Nullable Rest rest,
        @Nullable List<Guest> vms) {

    /** A VM on a node. */
    public record Guest(
            String name, @Nullable String owner, @Nullable String phase) {}

    /**
     * Given a rest because starts on it failed.
     *
     * @param until when it is tried again; null once that may be
     */
    public record Rest(int failures, String last, @Nullable String until) {}

    public List<String> partitionNames() {
        return partitions == null ? List.of() : partitions;
    }

    public List<Guest> guests() {
        return vms == null ? List.of() : vms;
    }
}
