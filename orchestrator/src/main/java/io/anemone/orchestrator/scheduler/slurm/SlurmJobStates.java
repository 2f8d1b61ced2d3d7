package io.anemone.orchestrator.scheduler.slurm;

import io.anemone.core.scheduler.JobState;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The words of {@code job_state_string()} in Slurm 22.05. A flag such as COMPLETING hides the state below it, so
 * that a job shows as CANCELLED only when its last process and its epilog are over.
 */
final class SlurmJobStates {

    private static final Map<String, JobState> WORDS = Map.ofEntries(
            Map.entry("PENDING", JobState.PENDING),
            Map.entry("RUNNING", JobState.RUNNING),
            Map.entry("SUSPENDED", JobState.SUSPENDED),
            Map.entry("COMPLETED", JobState.COMPLETED),
            Map.entry("CANCELLED", JobState.CANCELLED),
            Map.entry("FAILED", JobState.FAILED),
            Map.entry("TIMEOUT", JobState.TIMEOUT),
            Map.entry("NODE_FAIL", JobState.NODE_FAIL),
            Map.entry("PREEMPTED", JobState.PREEMPTED),
            Map.entry("BOOT_FAIL", JobState.NODE_FAIL),
            Map.entry("DEADLINE", JobState.TIMEOUT),
            Map.entry("OUT_OF_MEMORY", JobState.FAILED),
            // Flags
            Map.entry("COMPLETING", JobState.COMPLETING),
            Map.entry("STAGE_OUT", JobState.COMPLETING),
            // Its node is still being made ready: no script runs yet.
            Map.entry("CONFIGURING", JobState.PENDING),
            Map.entry("RESIZING", JobState.RUNNING),
            Map.entry("SIGNALING", JobState.RUNNING),
            Map.entry("STOPPED", JobState.SUSPENDED),
            // Back in the queue, or held there.
            Map.entry("REQUEUED", JobState.PENDING),
            Map.entry("REQUEUE_FED", JobState.PENDING),
            Map.entry("REQUEUE_HOLD", JobState.PENDING),
            Map.entry("RESV_DEL_HOLD", JobState.PENDING),
            Map.entry("SPECIAL_EXIT", JobState.PENDING),
            // Another cluster of a federation runs it: not over.
            Map.entry("REVOKED", JobState.PENDING));

    private SlurmJobStates() {}

    static Optional<JobState> of(@Nullable String word) {
        return word == null ? Optional.empty() : Optional.ofNullable(WORDS.get(word));
    }
}
