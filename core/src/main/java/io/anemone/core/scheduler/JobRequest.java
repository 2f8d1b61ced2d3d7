package io.anemone.core.scheduler;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A job to submit.
 *
 * @param name        unique, so that the job can be found again
 * @param owner       UNIX account that it runs as
 * @param project     account to charge, or null for the owner's default
 * @param partition   or null for the scheduler's default
 * @param cores       processor cores on one node; 0 with {@code exclusive}: all of them
 * @param memoryMiB   memory on that node in MiB; 0 with {@code exclusive}: all of it
 * @param walltime    time limit
 * @param exclusive   whether the whole node is wanted
 * @param avoid       nodes that it must not be on; never all of them
 * @param script      the batch script: fixed text, never built from what a user wrote
 * @param environment environment of the script, secrets included; never logged
 */
public record JobRequest(
        String name,
        String owner,
        @Nullable String project,
        @Nullable String partition,
        int cores,
        long memoryMiB,
        Duration walltime,
        boolean exclusive,
        Set<String> avoid,
        String script,
        Map<String, String> environment) {

    public JobRequest {
        avoid = Set.copyOf(avoid);
        environment = Map.copyOf(environment);
    }

    /** Any node will do. */
    public JobRequest(
            String name,
            String owner,
            @Nullable String project,
            @Nullable String partition,
            int cores,
            long memoryMiB,
            Duration walltime,
            boolean exclusive,
            String script,
            Map<String, String> environment) {
        this(name, owner, project, partition, cores, memoryMiB, walltime, exclusive, Set.of(), script, environment);
    }

    public JobRequest avoiding(Set<String> nodes) {
        return new JobRequest(
                name, owner, project, partition, cores, memoryMiB, walltime, exclusive, nodes, script, environment);
    }

    /** Leaves the environment out: it holds the join token. */
    @Override
    public String toString() {
        return "JobRequest[name=" + name + ", owner=" + owner + ", partition=" + partition + ", cores=" + cores
                + ", memoryMiB=" + memoryMiB + ", walltime=" + walltime + ", exclusive=" + exclusive + ", avoid="
                + avoid + "]";
    }
}
