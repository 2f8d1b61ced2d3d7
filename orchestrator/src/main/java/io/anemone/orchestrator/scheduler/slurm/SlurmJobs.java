package io.anemone.orchestrator.scheduler.slurm;

import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import io.anemone.orchestrator.scheduler.slurm.SlurmAnswers.Job;
import io.anemone.orchestrator.scheduler.slurm.SlurmAnswers.Resources;
import io.anemone.orchestrator.scheduler.slurm.SlurmAnswers.Share;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Translates a job as slurmrestd tells it. */
final class SlurmJobs {

    /** Bits of a wait status, wait(2): the signal in the lower seven, else the exit status above eight. */
    private static final long SIGNAL_MASK = 0x7f;

    private static final int STATUS_SHIFT = 8;
    private static final long STATUS_MASK = 0xff;
    private static final int SIGNALLED = 128;

    private SlurmJobs() {}

    /** Empty for a job that is told in words not known here: nothing may be concluded about it. */
    static Optional<JobView> view(Job job) {
        Optional<JobState> state = SlurmJobStates.of(job.state());
        if (job.jobId() == null || job.name() == null || state.isEmpty()) {
            return Optional.empty();
        }
        String node = node(job);
        Optional<Share> share = share(job, node);
        // Until a job has had nodes, its times are forecasts or those of its cancelling.
        boolean begun = node != null && state.get() != JobState.PENDING;
        boolean over = state.get().over();
        return Optional.of(new JobView(
                Long.toString(job.jobId()),
                job.name(),
                owner(job),
                state.get(),
                reason(job),
                begun ? node : null,
                cores(job, share),
                memoryMiB(job, share),
                time(job.submitTime()).orElse(Instant.EPOCH),
                begun ? time(job.startTime()).orElse(null) : null,
                begun || over ? time(job.endTime()).orElse(null) : null,
                over && begun ? exitCode(job.exitCode()) : null));
    }

    /** Slurm gives no name to an account that it does not know; no lease's owner looks like this. */
    private static String owner(Job job) {
        return job.userName() != null ? job.userName() : "uid:" + job.userId();
    }

    private static String reason(Job job) {
        return job.reason() == null || job.reason().equals("None") ? "" : job.reason();
    }

    /** A batch script runs on the first node of its job; an interactive job has only the list. */
    private static @Nullable String node(Job job) {
        if (job.batchHost() != null && !job.batchHost().isEmpty()) {
            return job.batchHost();
        }
        return job.nodes() == null || job.nodes().isEmpty() ? null : job.nodes();
    }

    /** Of a job of several nodes only the share of the node that its script runs on counts. */
    private static int cores(Job job, Optional<Share> share) {
        int all = job.cpus() == null ? 0 : job.cpus();
        return nodeCount(job) == 1
                ? all
                : Math.max(1, share.map(Share::allocatedCores).orElse(0));
    }

    private static long memoryMiB(Job job, Optional<Share> share) {
        Long told = share.map(Share::memoryMiB).orElse(null);
        if (told != null) {
            return told;
        }
        String tres = job.allocated() == null || job.allocated().isEmpty() ? job.requested() : job.allocated();
        return SlurmTres.memoryMiB(tres) / nodeCount(job);
    }

    private static Optional<Share> share(Job job, @Nullable String node) {
        Resources resources = job.resources();
        List<Share> shares = resources == null || resources.nodes() == null ? List.of() : resources.nodes();
        return shares.stream()
                .filter(share -> share.node() != null && share.node().equals(node))
                .findFirst();
    }

    private static int nodeCount(Job job) {
        return job.nodeCount() == null ? 1 : Math.max(1, job.nodeCount());
    }

    private static Optional<Instant> time(@Nullable Long seconds) {
        return seconds == null || seconds <= 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds));
    }

    /** As a shell tells it: 128 and the signal's number when a signal ended the script. */
    private static @Nullable Integer exitCode(@Nullable Long waitStatus) {
        if (waitStatus == null) {
            return null;
        }
        long signal = waitStatus & SIGNAL_MASK;
        return (int) (signal != 0 ? SIGNALLED + signal : (waitStatus >> STATUS_SHIFT) & STATUS_MASK);
    }
}
