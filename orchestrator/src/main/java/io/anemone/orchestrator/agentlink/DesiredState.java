package io.anemone.orchestrator.agentlink;

import io.anemone.core.image.ImageDefinition;
import io.anemone.core.lease.LeasePhase;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.Outcome;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmSpec;
import io.anemone.core.vm.VmState;
import io.anemone.core.wire.DesiredVm;
import io.anemone.core.wire.OrchestratorMessage.Desired;
import io.anemone.core.wire.StopOrder;
import io.anemone.orchestrator.lease.LeaseRecord;
import io.anemone.orchestrator.vm.VmRecord;
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
 * @param images    definitions of their images, as far as the site still has them
 * @param reported  the attempts that the agent last told of
 * @param strangers those of them that are known to be over here or elsewhere
 */
record DesiredState(
        LeaseRecord lease,
        List<VmRecord> vms,
        Map<String, ImageDefinition> images,
        Set<AttemptId> reported,
        Set<AttemptId> strangers) {

    Desired toMessage(long epoch, Duration grace, Instant now) {
        List<DesiredVm> run = new ArrayList<>();
        List<StopOrder> stop = new ArrayList<>();
        for (VmRecord vm : vms) {
            ImageDefinition image = images.get(vm.spec().image());
            if (vm.state() instanceof VmState.Stopping stopping) {
                stop.add(stopOrder(vm, stopping.then(), grace));
            } else if (image != null && mayRun(vm)) {
                run.add(desired(vm, image));
            }
        }
        strangers.forEach(gone -> stop.add(new StopOrder(gone.vm(), gone.attempt(), StopReason.LEASE_LOST, 0)));
        Instant endsAt = lease.endsAt();
        return new Desired(
                lease.id(),
                epoch,
                endsAt != null ? endsAt : now.plus(lease.spec().walltime()),
                lease.phase() == LeasePhase.RELEASING,
                run,
                stop);
    }

    /**
     * A VM that still waits for this lease is not placed on it yet: what its agent said of it would be news of nothing.
     * And an attempt that was seen to run and that the agent does not know any more must not be run by it anew.
     */
    private boolean mayRun(VmRecord vm) {
        return vm.state() instanceof VmState.OnLease
                && (!MissingAttempts.mustBeKnown(vm.state()) || reported.contains(AttemptId.of(vm)));
    }

    private static DesiredVm desired(VmRecord vm, ImageDefinition image) {
        VmSpec spec = vm.spec();
        return new DesiredVm(
                vm.id(),
                vm.state().attempt(),
                spec.name(),
                spec.owner(),
                image,
                spec.size(),
                spec.sshKeys(),
                spec.userData(),
                endsAt(vm));
    }

    /** A scheduled VM's walltime is its lease's. Elsewhere it counts from when the domain ran. */
    private static @Nullable Instant endsAt(VmRecord vm) {
        Duration walltime = vm.spec().walltime();
        Instant startedAt = vm.times().startedAt();
        boolean own = vm.spec().path() != LaunchPath.SCHEDULED;
        return own && walltime != null && startedAt != null ? startedAt.plus(walltime) : null;
    }

    private static StopOrder stopOrder(VmRecord vm, Outcome then, Duration grace) {
        int attempt = vm.state().attempt();
        return switch (then) {
            case Outcome.Stop stop -> new StopOrder(vm.id(), attempt, stop.reason(), (int) grace.toSeconds());
            case Outcome.Fail fail -> new StopOrder(vm.id(), attempt, StopReason.OPERATOR, 0);
            case Outcome.Retry retry -> new StopOrder(vm.id(), attempt, StopReason.OPERATOR, 0);
        };
    }
}
