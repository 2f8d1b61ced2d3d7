package io.anemone.core.plan;

import io.anemone.core.lease.Grant;
import io.anemone.core.lease.LeaseEnd;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.lease.PoolSpec;
import io.anemone.core.lease.ReleaseCause;
import io.anemone.core.scheduler.JobListing;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.vm.Goal;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.VmFixtures;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Parts of snapshots: VMs {@code vm(1)}, {@code vm(2)} …, leases likewise, each lease's job numbered as it is. */
final class PlanFixtures {

    static final Instant NOW = VmFixtures.NOW;
    static final Instant ENDS = NOW.plus(Duration.ofHours(8));
    static final Instant CAME_HERE = NOW.minusSeconds(60);
    static final PlannerLimits LIMITS = new PlannerLimits("anemone", Duration.ofHours(1), Duration.ofSeconds(30));

    private PlanFixtures() {}

    static VmId vmId(int n) {
        return new VmId(new UUID(1, n));
    }

    static LeaseId leaseId(int n) {
        return new LeaseId(new UUID(7, n));
    }

    static VmView vm(int n, LaunchPath path, VmState state) {
        return new VmView(vmId(n), VmFixtures.spec(path), Goal.RUN, state);
    }

    static VmView unwanted(int n, LaunchPath path, VmState state) {
        return new VmView(vmId(n), VmFixtures.spec(path), Goal.TERMINATE, state);
    }

    static LeaseView own(int n, LaunchPath path, @Nullable VmId vm, LeaseState state) {
        LeaseSpec spec = new LeaseSpec(path, "researcher", null, null, null, 1, 256, Duration.ofHours(1), false);
        return new LeaseView(leaseId(n), spec, vm, state, CAME_HERE, path == LaunchPath.DIRECT ? NOW : null);
    }

    static LeaseView pooled(int n, LeaseState state) {
        LeaseSpec spec =
                new LeaseSpec(LaunchPath.STATIC, "anemone", null, null, "default", 0, 0, Duration.ofHours(8), true);
        return new LeaseView(leaseId(n), spec, null, state, CAME_HERE, null);
    }

    static LeaseState.Active active(int n) {
        return active(n, 4, 4096);
    }

    static LeaseState.Active active(int n, int cores, int memoryMiB) {
        return new LeaseState.Active(String.valueOf(n), "n" + n, ENDS, new Grant(cores, memoryMiB));
    }

    static LeaseState.Draining draining(int n) {
        return new LeaseState.Draining(String.valueOf(n), "n" + n, ENDS, new Grant(4, 4096));
    }

    static LeaseState.Releasing releasing(int n) {
        return new LeaseState.Releasing(String.valueOf(n), "n" + n, ReleaseCause.USER, NOW.plusSeconds(10));
    }

    static LeaseState.Released released(int n, LeaseEnd.Cause cause) {
        return new LeaseState.Released(String.valueOf(n), "n" + n, VmFixtures.end(cause));
    }

    static VmState.Ready readyOn(int lease) {
        return new VmState.Ready(1, leaseId(lease), VmFixtures.SSH);
    }

    static PoolView pool(int leases) {
        return new PoolView(new PoolSpec("default", leases, null, Duration.ofHours(8), Duration.ofMinutes(30)), null);
    }

    /** The job that belongs to the lease of the same number. */
    static JobView jobOf(LeaseView lease, JobState state) {
        String id = lease.state().jobId();
        return job(id == null ? "99" : id, lease.id().jobName(), lease.spec().owner(), state);
    }

    static JobView job(String id, String name, String owner, JobState state) {
        @Nullable String node = state == JobState.PENDING ? null : "n" + id;
        @Nullable Integer exitCode = state.over() ? Integer.valueOf(0) : null;
        return new JobView(id, name, owner, state, "", node, 1, 512, NOW, null, node == null ? null : ENDS, exitCode);
    }

    static JobListing listing(JobView... jobs) {
        return new JobListing(NOW.minusSeconds(1), true, List.of(jobs));
    }

    static Snapshot snapshot(List<VmView> vms, List<LeaseView> leases, @Nullable JobListing jobs) {
        return new Snapshot(vms, leases, List.of(), jobs);
    }

    static List<Decision> plan(Snapshot snapshot) {
        return new Planner(LIMITS).plan(snapshot, NOW);
    }
}
