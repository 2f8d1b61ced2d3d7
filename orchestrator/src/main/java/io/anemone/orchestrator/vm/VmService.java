package io.anemone.orchestrator.vm;

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
        vms.terminate(id, new VmEvent.TerminateRequested(reason, who + " ended it."), actor);
    }
}
