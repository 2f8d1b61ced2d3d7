package io.anemone.core.orders;

import io.anemone.core.plan.VmView;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.VmReport;

/** One try to run one VM. */
public record AttemptId(VmId vm, int attempt) {

    public static AttemptId of(VmReport report) {
        return new AttemptId(report.vm(), report.attempt());
    }

    public static AttemptId of(VmView vm) {
        return new AttemptId(vm.id(), vm.state().attempt());
    }
}
