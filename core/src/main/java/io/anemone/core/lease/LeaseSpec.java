package io.anemone.core.lease;

import io.anemone.core.vm.LaunchPath;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the scheduler; never changes.
 *
 * @param path      the launch path that it serves
 * @param owner     UNIX account that the job runs as
 * @param project   account that the scheduler charges, or null for the owner's default
 * @param partition or null for the scheduler's default
 * @param pool      the pool that it belongs to, or null
 * @param cores     processor cores for VMs; 0 for a whole node, whose size is known only once it is granted
 * @param memoryMiB memory for VMs and their QEMUs in MiB (0 likewise); what agent and libvirt need is asked for on top
 * @param walltime  how long the job may run
 * @param exclusive whether the whole node is asked for
 * @param avoid     nodes that it shall not be on, as long as there are others
 */
public record LeaseSpec(
        LaunchPath path,
        String owner,
        @Nullable String project,
        @Nullable String partition,
        @Nullable String pool,
        int cores,
        int memoryMiB,
        Duration walltime,
        boolean exclusive,
        Set<String> avoid) {

    public LeaseSpec {
        avoid = Set.copyOf(avoid);
    }

    /** Any node will do. */
    public LeaseSpec(
            LaunchPath path,
            String owner,
            @Nullable String project,
            @Nullable String partition,
            @Nullable String pool,
            int cores,
            int memoryMiB,
            Duration walltime,
            boolean exclusive) {
        this(path, owner, project, partition, pool, cores, memoryMiB, walltime, exclusive, Set.of());
    }

    public LeaseSpec avoiding(Set<String> nodes) {
        return new LeaseSpec(path, owner, project, partition, pool, cores, memoryMiB, walltime, exclusive, nodes);
    }
}
