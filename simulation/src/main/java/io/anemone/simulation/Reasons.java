package io.anemone.simulation;

import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.vm.Goal;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.Outcome;
import io.anemone.core.vm.VmState;
import java.time.Duration;
import java.time.Instant;

/** I5: whoever ends a guest must have had a reason that is true, and not only believed. */
final class Reasons {

    /** What an agent leaves for ending its guests at most, and 2 s for its steps. */
    static final Duration LONGEST_MARGIN = Duration.ofSeconds(32);

    private static final long START_LIMIT =
            Store.VM_LIMITS.start().minus(Duration.ofSeconds(3)).toMillis();

    private final Site site;
    private final JobRun run;

    Reasons(Site site, JobRun run) {
        this.site = site;
        this.run = run;
    }

    /** @throws Violation if there is none */
    void check(DomainId id) {
        VmRow vm = site.database().vms.get(id.vm());
        boolean justified = run.ending()
                || run.timeWasUp()
                || run.lostItsSecret()
                || (vm != null && (vm.goal == Goal.TERMINATE || startTookTooLong(vm) || staysSuspended(vm, id)))
                || timeIsUp()
                || (vm != null && walltimeIsUp(vm))
                || givenUp(vm);
        if (!justified) {
            throw new Violation("I5: the guest of " + Names.of(id.vm()) + "/" + id.attempt() + " on " + run
                    + " was ended without a reason; its record says "
                    + (vm == null ? "nothing" : vm.state));
        }
    }

    /** @throws Violation if nobody wants it suspended */
    void checkSave(DomainId id) {
        VmRow vm = site.database().vms.get(id.vm());
        boolean wanted = vm != null
                && vm.state.attempt() == id.attempt()
                && (vm.state instanceof VmState.Suspending || vm.goal == Goal.TERMINATE);
        if (!wanted) {
            throw new Violation("I5: the guest of " + Names.of(id.vm()) + "/" + id.attempt() + " on " + run
                    + " is saved and ended, and nobody wants that; its record says "
                    + (vm == null ? "nothing" : vm.state));
        }
    }

    /** Its owner wants it suspended before it was seen to go on: what was saved still stands, and it goes back to that. */
    private static boolean staysSuspended(VmRow vm, DomainId id) {
        return vm.state instanceof VmState.Stopping stopping
                && stopping.attempt() == id.attempt()
                && stopping.then() instanceof Outcome.Suspend;
    }

    private boolean startTookTooLong(VmRow vm) {
        return site.world().now() - vm.placedAt >= START_LIMIT && !vm.ran;
    }

    private boolean walltimeIsUp(VmRow vm) {
        Duration walltime = vm.spec.walltime();
        return walltime != null
                && vm.spec.path() != LaunchPath.SCHEDULED
                && vm.startedAt != null
                && !run.node().clock.latest().isBefore(vm.startedAt.plus(walltime));
    }

    /** By the node's own clock, which is all that an agent has. */
    private boolean timeIsUp() {
        JobView job = run.job();
        Instant endsAt = run.endsAt();
        if (job.startedAt() == null) {
            return true;
        }
        Instant from = endsAt.minus(LONGEST_MARGIN);
        return !run.node().clock.latest().isBefore(from);
    }

    private boolean givenUp(@org.jspecify.annotations.Nullable VmRow vm) {
        return site.database().leases.values().stream()
                .filter(lease -> lease.givenUp)
                .anyMatch(lease ->
                        run.job().id().equals(jobOf(lease.state)) || (vm != null && lease.id.equals(vm.state.lease())));
    }

    private static String jobOf(LeaseState state) {
        String job = state.jobId();
        return job == null ? "" : job;
    }
}
