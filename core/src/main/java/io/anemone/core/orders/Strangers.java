package io.anemone.core.orders;

import io.anemone.core.plan.VmView;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.VmReport;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** Attempts that an agent holds although they are over, or elsewhere. */
public final class Strangers {

    private Strangers() {}

    /**
     * A VM that was never heard of is none: that there is no record of it proves nothing.
     *
     * @param reported all that one full report told of
     * @param onLease  the VMs on the agent's lease that are not over
     * @param recorded whether there is a record of a VM
     */
    public static Set<AttemptId> among(
            Collection<VmReport> reported, Collection<VmView> onLease, Predicate<VmId> recorded) {
        Set<AttemptId> strangers = new HashSet<>();
        for (VmReport report : reported) {
            if (!report.phase().over()) {
                strangers.add(AttemptId.of(report));
            }
        }
        onLease.forEach(vm -> strangers.remove(AttemptId.of(vm)));
        strangers.removeIf(attempt -> !recorded.test(attempt.vm()));
        return strangers;
    }
}
