package io.anemone.core.plan;

import static io.anemone.core.plan.PlanFixtures.NOW;
import static io.anemone.core.plan.PlanFixtures.leaseId;
import static io.anemone.core.plan.PlanFixtures.pool;
import static io.anemone.core.plan.PlanFixtures.vmId;

import io.anemone.core.lease.LeaseFixtures;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.scheduler.JobListing;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.vm.Goal;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.VmFixtures;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Sites as no history would make them, too. */
final class AnySite {

    private AnySite() {}

    /** Leases in every state, VMs of every path in every state on them, jobs in every state or missing. */
    static Arbitrary<Snapshot> snapshots() {
        List<LeaseState> leaseStates = LeaseFixtures.states();
        Arbitrary<LeaseView> lease = Combinators.combine(
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of(leaseStates),
                        Arbitraries.of(LaunchPath.values()),
                        Arbitraries.integers().between(1, 6))
                .as((n, state, path, vm) -> path == LaunchPath.STATIC
                        ? PlanFixtures.pooled(n, state)
                        : PlanFixtures.own(n, path, vmId(vm), state));
        Arbitrary<VmView> vm = Combinators.combine(
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.integers()
                                .between(1, 3)
                                .flatMap(a -> Arbitraries.of(VmFixtures.statesWithAndWithoutSaved(a))),
                        Arbitraries.of(LaunchPath.values()),
                        Arbitraries.of(Goal.values()))
                .as((n, state, path, goal) -> new VmView(vmId(n), VmFixtures.spec(path), goal, state));
        Arbitrary<JobView> job = Combinators.combine(
                        Arbitraries.of("42", "1", "2"),
                        Arbitraries.of(JobState.values()),
                        Arbitraries.integers().between(1, 4))
                .as((id, state, n) ->
                        PlanFixtures.job(id, leaseId(n).jobName(), n % 2 == 0 ? "anemone" : "researcher", state));
        return Combinators.combine(
                        vm.list().ofMaxSize(6).uniqueElements(VmView::id),
                        lease.list().ofMaxSize(4).uniqueElements(LeaseView::id),
                        job.list().ofMaxSize(4),
                        Arbitraries.integers().between(0, 4))
                .as((vms, leases, jobs, size) ->
                        new Snapshot(vms, leases, List.of(pool(size)), new JobListing(NOW, true, jobs)));
    }
}
