package io.anemone.orchestrator.scheduler.local;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.anemone.core.scheduler.JobRequest;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is kept in its directory. Its script and environment stand in files of their own.
 *
 * @param run    the process that it runs as; null while it waits
 * @param ending set when it is being ended
 * @param end    set when it is over
 */
record LocalJob(
        long id,
        String name,
        String owner,
        int cores,
        long memoryMiB,
        Duration walltime,
        Instant submittedAt,
        @Nullable Run run,
        @Nullable Ending ending,
        @Nullable End end) {

    /**
     * @param pid       of the session leader, which is also the session's id
     * @param startTick when it started, in the kernel's ticks since boot: tells it from a later process of that pid
     * @param boot      id of the boot that both belong to
     */
    record Run(long pid, long startTick, String boot, Instant startedAt) {}

    /**
     * @param why    what the job ends as, or null if its script came to its end by itself
     * @param killAt when what is left of it is killed
     */
    record Ending(@Nullable JobState why, Instant killAt) {}

    record End(JobState state, @Nullable Integer exitCode, Instant at) {}

    static LocalJob of(long id, JobRequest request, int cores, long memoryMiB, Instant now) {
        return new LocalJob(
                id, request.name(), request.owner(), cores, memoryMiB, request.walltime(), now, null, null, null);
    }

    LocalJob started(Run as) {
        return new LocalJob(id, name, owner, cores, memoryMiB, walltime, submittedAt, as, ending, end);
    }

    LocalJob ending(@Nullable JobState why, Instant killAt) {
        Ending next = new Ending(why, killAt);
        return new LocalJob(id, name, owner, cores, memoryMiB, walltime, submittedAt, run, next, end);
    }

    LocalJob ended(JobState state, @Nullable Integer exitCode, Instant at) {
        End last = new End(state, exitCode, at);
        return new LocalJob(id, name, owner, cores, memoryMiB, walltime, submittedAt, run, ending, last);
    }

    @JsonIgnore
    boolean waits() {
        return run == null && end == null;
    }

    /** Whether it holds cores and memory. */
    @JsonIgnore
    boolean runs() {
        return run != null && end == null;
    }

    @JsonIgnore
    JobState state() {
        if (end != null) {
            return end.state();
        }
        if (run == null) {
            return JobState.PENDING;
        }
        return ending == null ? JobState.RUNNING : JobState.COMPLETING;
    }

    JobView view(String node) {
        Instant startedAt = run == null ? null : run.startedAt();
        Instant limit = startedAt == null ? null : startedAt.plus(walltime);
        return new JobView(
                Long.toString(id),
                name,
                owner,
                state(),
                waits() ? "Resources" : "",
                run == null ? null : node,
                cores,
                memoryMiB,
                submittedAt,
                startedAt,
                end == null ? limit : end.at(),
                end == null ? null : end.exitCode());
    }
}
