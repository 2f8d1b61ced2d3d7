package io.anemone.core.audit;

import io.anemone.core.plan.LeaseView;
import io.anemone.core.scheduler.JobListing;
import io.anemone.core.scheduler.JobView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Leases against the scheduler's jobs: I3, and whose job a lease has (I8). */
final class JobCheck implements Check {

    private final AuditBounds bounds;

    JobCheck(AuditBounds bounds) {
        this.bounds = bounds;
    }

    @Override
    public List<Suspicion> of(Facts facts, Instant now) {
        JobListing listing = facts.snapshot().jobs();
        if (listing == null) {
            return List.of();
        }
        List<Suspicion> found = new ArrayList<>();
        Map<String, LeaseFate> byName = new HashMap<>();
        facts.named().forEach(lease -> byName.put(lease.id().jobName(), lease));
        Map<String, JobView> byId = new HashMap<>();
        Set<String> backing = backing(facts);
        for (JobView job : listing.jobs()) {
            byId.put(job.id(), job);
            LeaseFate lease = byName.get(job.name());
            if (lease != null && !job.state().over() && !backing.contains(job.id())) {
                strayFrom(lease, job, listing).forEach(from -> found.add(stray(lease, job, from)));
            }
        }
        for (LeaseView lease : facts.snapshot().leases()) {
            String jobId = lease.state().jobId();
            if (jobId != null && !lease.state().phase().terminal()) {
                JobView job = byId.get(jobId);
                if (job == null) {
                    missing(lease, jobId, listing, found);
                } else if (!job.owner().equals(lease.spec().owner())) {
                    found.add(foreign(lease, job));
                }
            }
        }
        return found;
    }

    /** Anybody can give a job any name: only one of the lease's own owner is ours. */
    private static Stream<Instant> strayFrom(LeaseFate lease, JobView job, JobListing listing) {
        if (!job.owner().equals(lease.owner())) {
            return Stream.empty();
        }
        Instant overAt = lease.overAt();
        if (overAt != null) {
            return listing.takenAt().isAfter(overAt) ? Stream.of(later(overAt, job.submittedAt())) : Stream.empty();
        }
        boolean another = lease.jobId() != null && !lease.jobId().equals(job.id());
        return another ? Stream.of(job.submittedAt()) : Stream.empty();
    }

    private static Suspicion stray(LeaseFate lease, JobView job, Instant from) {
        return new Suspicion(
                Invariant.I3,
                List.of(Subject.job(job.id()), Subject.of(lease.id())),
                lease.overAt() != null ? "The job's lease is over." : "The lease has another job.",
                from,
                Duration.ZERO,
                new Healing.TryAgain());
    }

    private void missing(LeaseView lease, String jobId, JobListing listing, List<Suspicion> found) {
        if (listing.complete() && listing.takenAt().isAfter(lease.since())) {
            found.add(new Suspicion(
                    Invariant.I3,
                    List.of(Subject.of(lease.id()), Subject.job(jobId)),
                    "The scheduler does not list the lease's job.",
                    null,
                    bounds.job(),
                    new Healing.TryAgain()));
        }
    }

    private Suspicion foreign(LeaseView lease, JobView job) {
        return new Suspicion(
                Invariant.I8,
                List.of(Subject.of(lease.id()), Subject.job(job.id())),
                "The lease is " + lease.spec().owner() + "'s and its job " + job.owner() + "'s.",
                null,
                bounds.job(),
                new Healing.TryAgain());
    }

    /** Whatever its name is, a job that backs a live lease is none: the owner of a direct one named it. */
    private static Set<String> backing(Facts facts) {
        return facts.snapshot().leases().stream()
                .filter(lease -> !lease.state().phase().terminal())
                .map(lease -> lease.state().jobId())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
