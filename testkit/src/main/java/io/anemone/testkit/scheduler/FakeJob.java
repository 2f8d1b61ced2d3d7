package io.anemone.testkit.scheduler;

import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A job of the {@link FakeScheduler}; guarded by the scheduler's lock. */
final class FakeJob {

    final String id;
    final String name;
    final String owner;
    final Duration walltime;
    final boolean exclusive;
    final Set<String> avoid;
    final FakeScript script;
    private Instant submittedAt;
    private int cores;
    private long memoryMiB;
    private JobState state = JobState.PENDING;
    private @Nullable String node;
    private @Nullable Instant startedAt;
    private @Nullable Instant endsAt;
    private @Nullable Integer exitCode;

    FakeJob(String id, FakeJobSpec spec, Instant submittedAt) {
        this.id = id;
        this.name = spec.name();
        this.owner = spec.owner();
        this.walltime = spec.walltime();
        this.exclusive = spec.exclusive();
        this.avoid = spec.avoid();
        this.script = FakeScript.of(spec.script(), spec.environment());
        this.cores = spec.cores();
        this.memoryMiB = spec.memoryMiB();
        this.submittedAt = submittedAt;
    }

    /** What of a request a fake job is made from. */
    record FakeJobSpec(
            String name,
            String owner,
            int cores,
            long memoryMiB,
            Duration walltime,
            boolean exclusive,
            Set<String> avoid,
            String script,
            Map<String, String> environment) {}

    JobState state() {
        return state;
    }

    @Nullable
    String node() {
        return node;
    }

    int cores() {
        return cores;
    }

    long memoryMiB() {
        return memoryMiB;
    }

    void start(FakeNode on, Instant now) {
        state = JobState.RUNNING;
        node = on.name();
        startedAt = now;
        endsAt = now.plus(walltime);
        if (exclusive) {
            cores = on.cores();
            memoryMiB = on.memoryMiB();
        }
    }

    void become(JobState next) {
        state = next;
    }

    void putBack(Instant now) {
        submittedAt = now;
        state = JobState.PENDING;
        node = null;
        startedAt = null;
        endsAt = null;
    }

    void end(JobState last, int code, Instant now) {
        state = last;
        endsAt = now;
        exitCode = startedAt == null ? null : code;
    }

    void extendTo(Instant until) {
        endsAt = until;
    }

    /** What follows from the time and the script: nothing, mostly. */
    void age(Instant now) {
        if (state != JobState.RUNNING || startedAt == null || endsAt == null) {
            return;
        }
        Integer code = script.exitCodeAfter(Duration.between(startedAt, now));
        if (code != null) {
            end(code == 0 ? JobState.COMPLETED : JobState.FAILED, code, now);
        } else if (!now.isBefore(endsAt)) {
            end(JobState.TIMEOUT, 0, now);
        }
    }

    JobView view() {
        return new JobView(
                id,
                name,
                owner,
                state,
                state == JobState.PENDING ? "Resources" : "",
                node,
                cores,
                memoryMiB,
                submittedAt,
                startedAt,
                endsAt,
                exitCode);
    }
}
