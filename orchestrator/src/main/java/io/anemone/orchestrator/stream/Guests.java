package io.anemone.orchestrator.stream;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmState;
import io.anemone.core.wire.StreamKind;
import io.anemone.orchestrator.identity.Caller;
import io.anemone.orchestrator.vm.VmQuery;
import io.anemone.orchestrator.vm.VmRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Which guests somebody may have a stream to. */
@ApplicationScoped
class Guests {

    private final VmQuery vms;

    Guests(VmQuery vms) {
        this.vms = vms;
    }

    /** @throws AnemoneException NOT_FOUND, for another's VM as for one that never was, or WRONG_PHASE */
    Opening opening(VmId id, StreamKind kind, Caller caller, byte[] session) {
        VmRecord vm = vms.seenBy(caller, id);
        LeaseId lease = Optional.of(vm)
                .filter(Guests::runs)
                .map(found -> found.state().lease())
                .orElseThrow(() -> new AnemoneException(
                        ErrorCode.WRONG_PHASE,
                        "The VM is " + vm.phase() + ": it can be connected to while it is RUNNING or READY (vm: " + id
                                + ")."));
        return new Opening(UUID.randomUUID(), id, vm.state().attempt(), lease, kind, caller, session);
    }

    /** Whether the guest that it leads to is still there; one that shuts down is. */
    boolean there(Opening opening) {
        return vms.find(opening.vm())
                .filter(vm -> vm.state().attempt() == opening.attempt())
                .filter(vm -> runs(vm) || vm.state() instanceof VmState.Stopping)
                .isPresent();
    }

    private static boolean runs(VmRecord vm) {
        return vm.state() instanceof VmState.Running || vm.state() instanceof VmState.Ready;
    }
}
