package io.anemone.orchestrator.agentlink;

import io.anemone.core.vm.VmId;
import io.anemone.core.wire.VmReport;
import io.anemone.orchestrator.vm.VmRecord;

/** One try to run one VM. */
record AttemptId(VmId vm, int attempt) {

    static AttemptId of(VmReport report) {
        return new AttemptId(report.vm(), report.attempt());
    }

    static AttemptId of(VmRecord vm) {
        return new AttemptId(vm.id(), vm.state().attempt());
    }
}
