package io.anemone.orchestrator.vm;

import io.anemone.core.vm.Goal;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmEvent;
import io.anemone.core.vm.VmId;
import jakarta.enterprise.context.ApplicationScoped;

/** What people can want of a VM that exists. */
@ApplicationScoped
public class VmService {

    private final VmStore vms;

    VmService(VmStore vms) {
        this.vms = vms;
    }

    /**
     * Ends a VM. Harmless when it is over; whether {@code actor} may was decided before.
     *
     * @param reason {@link StopReason#USER} for its owner, {@link StopReason#OPERATOR} for an operator
     */
    public void terminate(VmId id, String actor, StopReason reason) {
        String who = reason == StopReason.OPERATOR ? "An operator" : "Its owner";
        vms.terminate(id, new VmEvent.TerminateRequested(reason, who + " ended it."), false, actor);
    }

    /** Lets a VM's guest switch itself off, in its own time; ends it if it does not. Harmless when it is being ended. */
    public void shutDown(VmId id, String actor, StopReason reason) {
        String who = reason == StopReason.OPERATOR ? "An operator" : "Its owner";
        vms.terminate(id, new VmEvent.TerminateRequested(reason, who + " shut it down."), true, actor);
    }

    /** Its memory and disk are saved, and its lease is given back. */
    public void suspend(VmId id, String actor) {
        vms.want(id, Goal.SUSPEND, new VmEvent.SuspendRequested(), LegalActions::suspend, actor);
    }

    /** What was suspended goes on, on whichever lease it gets. */
    public void resume(VmId id, String actor) {
        vms.want(id, Goal.RUN, new VmEvent.ResumeRequested(), LegalActions::resume, actor);
    }

    public void reboot(VmId id, String actor) {
        vms.reboot(id, LegalActions::reboot, actor);
    }
}
