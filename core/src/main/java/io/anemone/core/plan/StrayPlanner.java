package io.anemone.core.plan;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.scheduler.JobListing;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds jobs that no lease has any use for: a submit that the scheduler carried out only after its answer was given up
 * leaves a second job of the lease's name, or one of a lease that is over.
 */
final class StrayPlanner {

    void plan(Snapshot snapshot, List<Decision> decisions) {
        JobListing listing = snapshot.jobs();
        if (listing == null) {
            return;
        }
        Map<LeaseId, LeaseView> leases = new HashMap<>();
        snapshot.leases().forEach(lease -> leases.put(lease.id(), lease));
        Set<String> backing = backing(snapshot);
        for (JobView job : listing.jobs()) {
            boolean ending = job.state().over() || job.state() == JobState.COMPLETING;
            if (!ending && !backing.contains(job.id())) {
                LeaseId.ofJobName(job.name())
                        .filter(id -> mayBeStray(leases.get(id), job, listing.takenAt()))
                        .ifPresent(id ->
                                decisions.add(new Decision.CancelStray(id, job.id(), job.owner(), listing.takenAt())));
            }
        }
    }

    /** A lease that is not in the snapshot is over, or was never ours: the store knows. */
    private static boolean mayBeStray(@Nullable LeaseView lease, JobView job, Instant seenAt) {
        return lease == null || (lease.isNamesake(job) && lease.hasNoUseFor(job.id(), seenAt));
    }

    /** Whatever its name is, a job that backs a lease is none: the owner of a direct one named it. */
    private static Set<String> backing(Snapshot snapshot) {
        return snapshot.leases().stream()
                .filter(lease -> !lease.state().phase().terminal())
                .map(lease -> lease.state().jobId())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }
}
