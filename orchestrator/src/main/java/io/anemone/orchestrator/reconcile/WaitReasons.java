package io.anemone.orchestrator.reconcile;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.plan.Snapshot;
import io.anemone.core.scheduler.JobListing;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import io.anemone.orchestrator.lease.LeaseStore;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps the scheduler's word on why a job waits with its lease, so that people can read it. Only the loop uses it. */
final class WaitReasons {

    private final LeaseStore leases;
    private final Map<LeaseId, String> told = new HashMap<>();

    WaitReasons(LeaseStore leases) {
        this.leases = leases;
    }

    void tell(Snapshot snapshot) {
        JobListing listing = snapshot.jobs();
        if (listing == null) {
            return;
        }
        Map<String, JobView> waiting = new HashMap<>();
        listing.jobs().stream()
                .filter(job -> job.state() == JobState.PENDING)
                .forEach(job -> waiting.put(job.id(), job));
        Map<LeaseId, String> now = new HashMap<>();
        snapshot.leases().forEach(lease -> {
            String jobId = lease.state() instanceof LeaseState.Queued queued ? queued.jobId() : null;
            String reason = reasonOf(jobId == null ? null : waiting.get(jobId));
            if (reason != null) {
                now.put(lease.id(), reason);
            }
        });
        now.forEach((lease, reason) -> {
            if (!reason.equals(told.get(lease))) {
                leases.hint(lease, reason);
            }
        });
        told.clear();
        told.putAll(now);
    }

    private static @Nullable String reasonOf(@Nullable JobView job) {
        if (job == null || job.reason().isBlank() || job.reason().equals("None")) {
            return null;
        }
        return "Waiting in the scheduler's queue: " + job.reason() + " (job: " + job.id() + ").";
    }
}
