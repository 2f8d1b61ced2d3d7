package io.anemone.core.scheduler;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the scheduler said of one job.
 *
 * @param id          the scheduler's id
 * @param name        job name; a lease's job carries {@link io.anemone.core.lease.LeaseId#jobName()}
 * @param owner       UNIX account
 * @param state       state
 * @param reason      the scheduler's word on why it is in that state, e.g. {@code Resources}; may be empty
 * @param node        node that it runs or ran on; null before it starts
 * @param cores       processor cores granted or asked for
 * @param memoryMiB   memory granted or asked for, in MiB; 0 where the scheduler does not manage memory
 * @param submittedAt when it was submitted: tells apart two jobs of one id
 * @param startedAt   when it started; null before
 * @param endsAt      when its time limit ends it, or when it ended; null before it starts
 * @param exitCode    exit code of its script; null before it is over
 */
public record JobView(
        String id,
        String name,
        String owner,
        JobState state,
        String reason,
        @Nullable String node,
        int cores,
        long memoryMiB,
        Instant submittedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endsAt,
        @Nullable Integer exitCode) {}
