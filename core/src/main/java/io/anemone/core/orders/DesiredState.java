package io.anemone.core.orders;

import io.anemone.core.image.ImageDefinition;
import io.anemone.core.lease.Grant;
import io.anemone.core.lease.LeasePhase;
import io.anemone.core.plan.VmView;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.Outcome;
import io.anemone.core.vm.Saved;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmNeed;
import io.anemone.core.vm.VmSpec;
import io.anemone.core.vm.VmState;
import io.anemone.core.wire.DesiredVm;
import io.anemone.core.wire.Discard;
import io.anemone.core.wire.OrchestratorMessage.Desired;
import io.anemone.core.wire.StopOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that one agent shall do, made from the state alone.
 *
 * @param lease     the agent's lease
 * @param vms       the VMs on it that are not over
 * @param images    the revisions of images that they boot, by what their specs call them, as far as they can be had
 * @param reported  the attempts that the agent last told of
 * @param discards  what was saved, by whatever VM, where this agent can remove it, and is of no use any more
 * @param strangers those of them that are known to be over here or elsewhere
 */
public record DesiredState(
        LeaseTerms lease,
        List<VmOnLease> vms,
        Map<String, ImageDefinition> images,
        Set<AttemptId> reported,
        Set<AttemptId> strangers,
        List<Discard> discards) {

    /** Nothing is to be discarded. */
    public DesiredState(
            LeaseTerms lease,
            List<VmOnLease> vms,
            Map<String, ImageDefinition> images,
            Set<AttemptId> reported,
            Set<AttemptId> strangers) {
        this(lease, vms, images, reported, strangers, List.of());
    }

    public Desired toMessage(long epoch, Duration grace, Instant now) {
        return toMessage(epoch, new Graces(grace, grace), now);
    }

    public Desired toMessage(long epoch, Graces graces, Instant now) {
        List<DesiredVm> run = new ArrayList<>();
        List<StopOrder> stop = new ArrayList<>();
        List<DesiredVm> resume = new ArrayList<>();
        for (VmOnLease placed : vms) {
            VmView vm = placed.view();
            ImageDefinition image = images.get(vm.spec().image());
            if (vm.state() instanceof VmState.Stopping stopping) {
                stop.add(stopOrder(vm, stopping.then(), placed.gentle() ? graces.shutdown() : graces.stop()));
            } else if (image != null && mayRun(vm)) {
                (vm.state().saved() == null ? run : resume).add(desired(placed, image, lease.grant()));
            }
        }
        strangers.forEach(gone -> stop.add(new StopOrder(gone.vm(), gone.attempt(), StopReason.LEASE_LOST, 0)));
        Instant endsAt = lease.endsAt();
        return new Desired(
                lease.id(),
                epoch,
                endsAt != null ? endsAt : now.plus(lease.walltime()),
                lease.state().phase() == LeasePhase.RELEASING,
                run,
                stop,
                List.of(),
                resume,
                discards);
    }

    /**
     * A VM that still waits for this lease is not placed on it yet: what its agent said of it would be news of nothing.
     * And an attempt that was seen to run and that the agent does not know any more must not be run by it anew.
     */
    private boolean mayRun(VmView vm) {
        return vm.state() instanceof VmState.OnLease
                && (!MissingAttempts.mustBeKnown(vm.state()) || reported.contains(AttemptId.of(vm)));
    }

    private static DesiredVm desired(VmOnLease placed, ImageDefinition image, @Nullable Grant grant) {
        VmView vm = placed.view();
        VmSpec spec = vm.spec();
        return new DesiredVm(
                vm.id(),
                vm.state().attempt(),
                spec.name(),
                spec.owner(),
                image,
                grant == null
                        ? spec.size()
                        : VmNeed.sizeOn(grant, spec.size(), spec.options().hardware()),
                spec.sshKeys(),
                spec.userData(),
                endsAt(placed),
                spec.options(),
                asks(placed));
    }

    private static DesiredVm.Asks asks(VmOnLease placed) {
        VmState state = placed.view().state();
        Saved saved = state.saved();
        return new DesiredVm.Asks(
                saved == null ? null : saved.attempt(),
                state instanceof VmState.Suspending suspending ? suspending.askedAt() : null,
                placed.rebootAt(),
                state instanceof VmState.Running || state instanceof VmState.Ready ? placed.save() : null);
    }

    /** A scheduled VM's walltime is its lease's. Elsewhere it counts from when the domain ran. */
    private static @Nullable Instant endsAt(VmOnLease placed) {
        VmSpec spec = placed.view().spec();
        Duration walltime = spec.walltime();
        Instant startedAt = placed.startedAt();
        boolean own = spec.path() != LaunchPath.SCHEDULED;
        return own && walltime != null && startedAt != null ? startedAt.plus(walltime) : null;
    }

    private static StopOrder stopOrder(VmView vm, Outcome then, Duration grace) {
        int attempt = vm.state().attempt();
        return switch (then) {
            case Outcome.Stop stop -> new StopOrder(vm.id(), attempt, stop.reason(), (int) grace.toSeconds());
            case Outcome.Fail fail -> new StopOrder(vm.id(), attempt, StopReason.OPERATOR, 0);
            case Outcome.Retry retry -> new StopOrder(vm.id(), attempt, StopReason.OPERATOR, 0);
            case Outcome.Suspend suspend -> new StopOrder(vm.id(), attempt, StopReason.OPERATOR, 0);
        };
    }
}
