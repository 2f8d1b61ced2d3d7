package io.anemone.core.plan;

import io.anemone.core.lease.LeaseEnds;
import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.lease.ReleaseCause;
import io.anemone.core.scheduler.JobListing;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmState;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds each lease against its job. */
final class LeasePlanner {

    void plan(Snapshot snapshot, Instant now, List<Decision> decisions) {
        JobListing listing = snapshot.jobs();
        Map<String, JobView> jobs = byId(listing);
        Map<VmId, VmView> vms = new HashMap<>();
        snapshot.vms().forEach(vm -> vms.put(vm.id(), vm));
        for (LeaseView lease : snapshot.leases()) {
            if (lease.state().phase().terminal()) {
                continue;
            }
            if (lease.state() instanceof LeaseState.Requested) {
                decisions.add(new Decision.ForLease(lease.id(), new LeaseEvent.SubmitDue()));
            }
            if (listing != null) {
                observe(lease, listing, jobs, decisions);
            }
            if (servesNobody(lease, vms)) {
                decisions.add(new Decision.ForLease(lease.id(), new LeaseEvent.ReleaseRequested(ReleaseCause.VM_OVER)));
            }
            Instant deadline = lease.state().deadline();
            if (deadline != null && !now.isBefore(deadline)) {
                decisions.add(new Decision.ForLease(lease.id(), new LeaseEvent.DeadlineExpired()));
            }
        }
    }

    private static void observe(
            LeaseView lease, JobListing listing, Map<String, JobView> jobs, List<Decision> decisions) {
        String jobId = lease.state().jobId();
        if (jobId == null) {
            // A submit whose reply is late or lost: the job is known by its name. None found proves nothing.
            named(lease, listing).ifPresent(job -> decisions.add(new Decision.ForLease(lease.id(), seen(job))));
            return;
        }
        JobView job = jobs.get(jobId);
        if (job != null && lease.mayBeCarriedBy(job) && !lease.waitsAgain(job)) {
            decisions.add(new Decision.ForLease(lease.id(), seen(job)));
        } else if (listing.takenAt().isAfter(lease.since()) && gone(lease, job, listing)) {
            // Not proof yet: a restarted scheduler may have lost its last seconds, or the id may be another's now.
            decisions.add(new Decision.ConfirmJob(lease.id(), jobId));
        }
    }

    private static boolean gone(LeaseView lease, @Nullable JobView job, JobListing listing) {
        return job != null && lease.mayBeCarriedBy(job) ? lease.wasPutBack(job) : listing.complete();
    }

    private static Optional<JobView> named(LeaseView lease, JobListing listing) {
        boolean mayHaveOne =
                lease.state() instanceof LeaseState.Submitting || lease.state() instanceof LeaseState.Releasing;
        return listing.jobs().stream()
                .filter(job -> mayHaveOne && lease.isNamesake(job))
                .min(Comparator.comparing(job -> job.state().over()));
    }

    static LeaseEvent seen(JobView job) {
        return job.state().over() ? new LeaseEvent.JobOver(job.id(), LeaseEnds.of(job)) : new LeaseEvent.JobSeen(job);
    }

    /** Its VM is over or has moved on to another lease. */
    private static boolean servesNobody(LeaseView lease, Map<VmId, VmView> vms) {
        VmId vmId = lease.vm();
        if (vmId == null || lease.state() instanceof LeaseState.Releasing) {
            return false;
        }
        VmView vm = vms.get(vmId);
        if (vm == null || vm.state().phase().terminal() || vm.state() instanceof VmState.Suspended) {
            return true;
        }
        LeaseId current = vm.state().lease();
        return current == null ? vm.state().attempt() > 1 : !current.equals(lease.id());
    }

    private static Map<String, JobView> byId(@Nullable JobListing listing) {
        Map<String, JobView> jobs = new HashMap<>();
        if (listing != null) {
            listing.jobs().forEach(job -> jobs.put(job.id(), job));
        }
        return jobs;
    }
}
