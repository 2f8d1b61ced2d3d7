package io.anemone.core.plan;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.lease.LeaseEnd;
import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.lease.LeaseFixtures;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseLimits;
import io.anemone.core.lease.LeaseMachine;
import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.lease.LeaseStep;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.vm.Goal;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.Progress;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmEffect;
import io.anemone.core.vm.VmEvent;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmLimits;
import io.anemone.core.vm.VmMachine;
import io.anemone.core.vm.VmState;
import io.anemone.core.vm.VmStep;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Planner and machines on a site whose scheduler and agents do at once what they are asked for. */
final class FairSite {

    private final VmMachine vmMachine = new VmMachine(VmLimits.DEFAULT);
    private final LeaseMachine leaseMachine = new LeaseMachine(LeaseLimits.DEFAULT);
    private final Planner planner = new Planner(PlanFixtures.LIMITS);
    private final Map<VmId, VmView> vms = new LinkedHashMap<>();
    private final Map<LeaseId, LeaseView> leases = new LinkedHashMap<>();
    private final List<PoolView> pools;
    private Instant now;
    private int names = 100;

    FairSite(Snapshot begin, Instant now) {
        this.now = now;
        this.pools = begin.pools();
        begin.leases().forEach(lease -> leases.put(lease.id(), lease));
        begin.vms().forEach(vm -> {
            vms.put(vm.id(), vm);
            LeaseId lease = vm.state().lease();
            if (lease != null && !leases.containsKey(lease)) {
                leases.put(lease, PlanFixtures.pooled((int) lease.value().getLeastSignificantBits(), over()));
            }
        });
    }

    Collection<VmView> vms() {
        return vms.values();
    }

    Collection<LeaseView> leases() {
        return leases.values();
    }

    /** A VM of a pool may wait for room for ever, and a direct one whose job never came. */
    static boolean stable(VmView vm) {
        return switch (vm.state().phase()) {
            case READY ->
                vm.goal() == Goal.RUN || (vm.goal() == Goal.SUSPEND && vm.spec().path() == LaunchPath.DIRECT);
            case SUSPENDED -> vm.goal() == Goal.SUSPEND;
            case STOPPED, FAILED -> true;
            case PENDING -> vm.goal() != Goal.TERMINATE && vm.spec().path() != LaunchPath.SCHEDULED;
            case QUEUED, PLACED, PREPARING, BOOTING, RUNNING, SUSPENDING, STOPPING -> false;
        };
    }

    /** A minute: the orchestrator plans, then scheduler and agents act. */
    void round() {
        now = now.plus(Duration.ofMinutes(1));
        Snapshot snapshot = new Snapshot(List.copyOf(vms.values()), List.copyOf(leases.values()), pools, null);
        planner.plan(snapshot, now).forEach(this::carryOut);
        List.copyOf(leases.values()).forEach(this::schedule);
        List.copyOf(vms.values()).forEach(this::work);
    }

    private void carryOut(Decision decision) {
        switch (decision) {
            case Decision.ForVm(VmId vm, VmEvent event) -> apply(vm, event);
            case Decision.ForLease(LeaseId lease, LeaseEvent event) -> apply(lease, event);
            case Decision.RequestLease(VmId vm, LeaseSpec spec) ->
                apply(vm, new VmEvent.LeaseRequested(request(spec, vm)));
            case Decision.RequestPoolLease(LeaseSpec spec) -> request(spec, null);
            case Decision.Hold hold -> {}
            case Decision.ConfirmJob confirm -> {}
            case Decision.CancelStray stray -> {}
        }
    }

    private LeaseId request(LeaseSpec spec, @Nullable VmId vm) {
        LeaseId id = PlanFixtures.leaseId(++names);
        leases.put(id, new LeaseView(id, spec, vm, LeaseMachine.requested(), now, null));
        return id;
    }

    private void schedule(LeaseView lease) {
        LeaseId id = lease.id();
        switch (lease.state()) {
            case LeaseState.Submitting s -> apply(id, new LeaseEvent.Submitted("job-" + id));
            case LeaseState.Queued(String job) ->
                apply(id, new LeaseEvent.JobSeen(LeaseFixtures.job(job, JobState.RUNNING)));
            case LeaseState.Starting s ->
                apply(id, new LeaseEvent.AgentJoined(s.jobId(), s.node(), PlanFixtures.ENDS, LeaseFixtures.GRANT));
            case LeaseState.Releasing s -> {
                String job = s.jobId();
                apply(
                        id,
                        job == null
                                ? new LeaseEvent.SubmitRefused(new Failure(ErrorCode.LEASE_OVER, "not submitted"))
                                : new LeaseEvent.JobOver(job, LeaseFixtures.end(LeaseEnd.Cause.CANCELLED)));
            }
            case LeaseState.Requested s -> {}
            case LeaseState.Active s -> {}
            case LeaseState.Draining s -> {}
            case LeaseState.Released s -> {}
            case LeaseState.Failed s -> {}
        }
    }

    private void work(VmView vm) {
        if (vm.state() instanceof VmState.OnLease placed && hasAgent(placed.lease())) {
            int attempt = placed.attempt();
            apply(
                    vm.id(),
                    switch (placed) {
                        case VmState.Stopping s ->
                            new VmEvent.AttemptEnded(attempt, StopReason.OPERATOR, "ended as ordered");
                        case VmState.Suspending s -> new VmEvent.AttemptSuspended(attempt);
                        case VmState.Placed s -> ready(attempt);
                        case VmState.Preparing s -> ready(attempt);
                        case VmState.Booting s -> ready(attempt);
                        case VmState.Running s -> ready(attempt);
                        case VmState.Ready s -> ready(attempt);
                    });
        }
    }

    private static VmEvent ready(int attempt) {
        return new VmEvent.Progressed(attempt, Progress.READY, null);
    }

    private boolean hasAgent(LeaseId lease) {
        LeaseState state = Objects.requireNonNull(leases.get(lease)).state();
        return state instanceof LeaseState.Active || state instanceof LeaseState.Draining;
    }

    private void apply(VmId id, VmEvent event) {
        VmView vm = Objects.requireNonNull(vms.get(id));
        if (vmMachine.apply(vm.spec(), vm.state(), event, now) instanceof VmStep.Moved moved) {
            vms.put(id, new VmView(id, vm.spec(), vm.goal(), moved.next()));
            for (VmEffect effect : moved.effects()) {
                if (effect instanceof VmEffect.ReleaseLease(LeaseId lease, var cause)) {
                    apply(lease, new LeaseEvent.ReleaseRequested(cause));
                } else if (effect instanceof VmEffect.GoalGivenUp(Goal goal) && vm.goal() != Goal.TERMINATE) {
                    vms.put(id, new VmView(id, vm.spec(), goal, moved.next()));
                }
            }
        }
    }

    private void apply(LeaseId id, LeaseEvent event) {
        LeaseView lease = Objects.requireNonNull(leases.get(id));
        if (leaseMachine.apply(lease.state(), event, now) instanceof LeaseStep.Moved moved) {
            leases.put(id, new LeaseView(id, lease.spec(), lease.vm(), moved.next(), now, lease.jobSubmittedAt()));
        }
    }

    private static LeaseState over() {
        return new LeaseState.Released("1", "n1", LeaseFixtures.end(LeaseEnd.Cause.CANCELLED));
    }
}
