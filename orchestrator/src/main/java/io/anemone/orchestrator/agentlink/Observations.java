package io.anemone.orchestrator.agentlink;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.vm.Progress;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmEvent;
import io.anemone.core.wire.VmReport;
import io.anemone.orchestrator.vm.VmObservation;
import org.jspecify.annotations.Nullable;

/** Translates what an agent says of an attempt. */
final class Observations {

    private Observations() {}

    static VmObservation of(VmReport report) {
        return new VmObservation(
                report.attempt(),
                report.startedAt(),
                report.readyAt(),
                PlainText.of(report.warnings()),
                report.adopted(),
                event(report));
    }

    private static @Nullable VmEvent event(VmReport report) {
        return switch (report.phase()) {
            case PREPARING -> progressed(report, Progress.PREPARING);
            case BOOTING -> progressed(report, Progress.BOOTING);
            case RUNNING -> progressed(report, Progress.RUNNING);
            case READY -> progressed(report, Progress.READY);
            case STOPPING -> null;
            case ENDED -> ended(report);
        };
    }

    private static VmEvent progressed(VmReport report, Progress progress) {
        return new VmEvent.Progressed(report.attempt(), progress, PlainText.endpoint(report.ssh()));
    }

    private static VmEvent ended(VmReport report) {
        String message = PlainText.of(report.message());
        Failure failure = report.failure();
        StopReason reason = report.reason();
        if (failure != null) {
            return new VmEvent.AttemptFailed(
                    report.attempt(), new Failure(failure.code(), PlainText.of(failure.message())));
        }
        return reason != null
                ? new VmEvent.AttemptEnded(report.attempt(), reason, message)
                : new VmEvent.AttemptFailed(report.attempt(), new Failure(ErrorCode.HYPERVISOR_FAILED, message));
    }
}
