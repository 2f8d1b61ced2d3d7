package io.anemone.orchestrator.scheduler.slurm;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.anemone.core.scheduler.JobRequest;
import io.anemone.orchestrator.scheduler.slurm.Accounts.Account;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The JSON of a submit. Holds the job's environment: never logged. */
record SubmitBody(String script, Job job) {

    /**
     * @param memoryPerNode in MiB; 0 asks for all of the node's
     * @param timeLimit     in minutes
     * @param exclusive     the word {@code exclusive}, or null to share the node
     * @param excludeNodes  comma-separated, or null
     * @param noRequeue     Slurm would run a job again, under the same id, after its node failed; a lease is never
     *                      another lease. ({@code "requeue": false} does not say so: 22.05 reads it as true.)
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Job(
            String name,
            @Nullable String account,
            @Nullable String partition,
            int nodes,
            int tasks,
            @JsonProperty("cpus_per_task") int cpusPerTask,
            @JsonProperty("memory_per_node") long memoryPerNode,
            @JsonProperty("time_limit") long timeLimit,
            @Nullable String exclusive,
            @JsonProperty("exclude_nodes") @Nullable String excludeNodes,
            @JsonProperty("no_requeue") boolean noRequeue,
            Map<String, String> environment,
            @JsonProperty("current_working_directory") String directory,
            @JsonProperty("standard_output") String output) {

        @Override
        public String toString() {
            return "Job[name=" + name + "]";
        }
    }

    static SubmitBody of(JobRequest request, Account account, String output) {
        return new SubmitBody(
                request.script(),
                new Job(
                        request.name(),
                        request.project(),
                        request.partition(),
                        1,
                        1,
                        Math.max(1, request.cores()),
                        request.memoryMiB(),
                        minutes(request.walltime()),
                        request.exclusive() ? "exclusive" : null,
                        request.avoid().isEmpty() ? null : String.join(",", new TreeSet<>(request.avoid())),
                        true,
                        environment(request, account),
                        account.home(),
                        output.replace("{home}", account.home())));
    }

    /** slurmd gives a job nothing but what is asked for here, not even a home. */
    private static Map<String, String> environment(JobRequest request, Account account) {
        Map<String, String> environment = new HashMap<>(request.environment());
        environment.putIfAbsent("HOME", account.home());
        environment.putIfAbsent("USER", account.name());
        environment.putIfAbsent("LOGNAME", account.name());
        return environment;
    }

    private static long minutes(Duration walltime) {
        return Math.max(1, walltime.plusSeconds(59).toMinutes());
    }
}
