package io.anemone.core.plan;

import io.anemone.core.breaker.AttemptOutcome;
import io.anemone.core.scheduler.JobListing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a plan is made from, read in one transaction: a lease without its VM, or a VM without its lease, would be
 * taken for an orphan.
 *
 * @param vms    every VM that is not over
 * @param leases every lease that is not over, and of those that are over all that {@code vms} refer to, or that
 *               serve one of {@code vms}: a VM learns of its lease's end from here
 * @param pools  every pool
 * @param jobs   the newest bulk answer of the scheduler, or null when there is none yet: unknown, not empty
 * @param starts how recent starts went
 */
public record Snapshot(
        List<VmView> vms,
        List<LeaseView> leases,
        List<PoolView> pools,
        @Nullable JobListing jobs,
        List<AttemptOutcome> starts) {

    public Snapshot {
        starts = List.copyOf(starts);
        vms = List.copyOf(vms);
        leases = List.copyOf(leases);
        pools = List.copyOf(pools);
    }

    /** Of a site where nothing was started yet. */
    public Snapshot(List<VmView> vms, List<LeaseView> leases, List<PoolView> pools, @Nullable JobListing jobs) {
        this(vms, leases, pools, jobs, List.of());
    }
}
