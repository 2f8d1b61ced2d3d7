package io.anemone.orchestrator.scheduler.slurm;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What slurmrestd answers, as far as it is looked at. Any field may be missing or null: nothing is taken for
 * granted here. Times are seconds since 1970 with 0 for "not set"; sizes are MiB.
 */
final class SlurmAnswers {

    private SlurmAnswers() {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Submitted(
            @JsonProperty("job_id") @Nullable Long jobId,
            @Nullable List<SlurmError> errors) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Jobs(
            @Nullable List<@Nullable Job> jobs, @Nullable List<SlurmError> errors) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Nodes(@Nullable List<Node> nodes, @Nullable List<SlurmError> errors) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Partitions(
            @Nullable List<Partition> partitions, @Nullable List<SlurmError> errors) {}

    /** A plain answer to a command. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Done(@Nullable List<SlurmError> errors) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Job(
            @JsonProperty("job_id") @Nullable Long jobId,
            @Nullable String name,
            @JsonProperty("user_name") @Nullable String userName,
            @JsonProperty("user_id") @Nullable Long userId,
            @JsonProperty("job_state") @Nullable String state,
            @JsonProperty("state_reason") @Nullable String reason,
            @Nullable String nodes,
            @JsonProperty("batch_host") @Nullable String batchHost,
            @JsonProperty("node_count") @Nullable Integer nodeCount,
            @Nullable Integer cpus,
            @JsonProperty("tres_alloc_str") @Nullable String allocated,
            @JsonProperty("tres_req_str") @Nullable String requested,
            @JsonProperty("job_resources") @Nullable Resources resources,
            @JsonProperty("submit_time") @Nullable Long submitTime,
            @JsonProperty("start_time") @Nullable Long startTime,
            @JsonProperty("end_time") @Nullable Long endTime,
            @JsonProperty("exit_code") @Nullable Long exitCode) {}

    /** What a job holds, node by node; only while it runs. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Resources(
            @JsonProperty("allocated_nodes") @Nullable List<Share> nodes) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Share(
            @JsonProperty("nodename") @Nullable String node,
            @JsonProperty("memory_allocated") @Nullable Long memoryMiB,
            @Nullable Map<String, Socket> sockets) {

        /** Cores that the job holds here; hyperthreads are not told apart. */
        int allocatedCores() {
            return sockets == null
                    ? 0
                    : sockets.values().stream().mapToInt(Socket::allocated).sum();
        }
    }

    /** Core number to what it is used for: {@code allocated}, {@code allocated_and_in_use} or {@code unassigned}. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Socket(@Nullable Map<String, String> cores) {

        int allocated() {
            return cores == null
                    ? 0
                    : (int) cores.values().stream()
                            .filter(use -> use.startsWith("allocated"))
                            .count();
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Node(
            @Nullable String name,
            @Nullable String state,
            @JsonProperty("state_flags") @Nullable List<String> flags,
            @Nullable Integer cpus,
            @JsonProperty("real_memory") @Nullable Long memoryMiB,
            @JsonProperty("alloc_cpus") @Nullable Integer allocatedCpus,
            @JsonProperty("alloc_memory") @Nullable Long allocatedMemoryMiB,
            @Nullable List<String> partitions) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Partition(
            @Nullable String name,
            @Nullable List<String> flags,
            @JsonProperty("max_time_limit") @Nullable Long maxMinutes) {}
}
