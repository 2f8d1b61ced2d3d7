package io.anemone.orchestrator.reconcile;

import io.anemone.core.plan.Decision;
import io.anemone.core.vm.VmId;
import io.anemone.orchestrator.vm.VmStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps with each VM that is held back why it is, and takes that back when it is not any more. Only the loop uses it. */
final class Holds {

    private final VmStore vms;
    private final Map<VmId, String> told = new HashMap<>();

    Holds(VmStore vms) {
        this.vms = vms;
    }

    void tell(List<Decision> plan) {
        Map<VmId, String> now = new HashMap<>();
        for (Decision decision : plan) {
            if (decision instanceof Decision.Hold(VmId vm, String why)) {
                now.put(vm, why);
            }
        }
        now.forEach((vm, why) -> {
            if (!why.equals(told.get(vm))) {
                vms.hold(vm, why);
            }
        });
        told.keySet().stream().filter(vm -> !now.containsKey(vm)).forEach(vm -> vms.hold(vm, null));
        told.clear();
        told.putAll(now);
    }
}
