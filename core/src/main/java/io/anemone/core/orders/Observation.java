package io.anemone.core.orders;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.plan.VmView;
import io.anemone.core.vm.Progress;
import io.anemone.core.vm.PublishedPort;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmEvent;
import io.anemone.core.wire.Preparation;
import io.anemone.core.wire.VmReport;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent said of one attempt.
 *
 * @param startedAt when the domain ran, by the node's clock
 * @param readyAt   when the guest was usable, by the node's clock
 * @param warnings  for people; null where nothing was said of them
 * @param ports     published ports; null where nothing was said of them
 * @param adopted   whether a restarted agent took the domain over
 * @param image     how far its image has come to the node; null where nothing was said of it
 * @param rebootAt  names the newest order to reboot that was carried out; null if none
 * @param event     what that means for the VM, or null if nothing new can follow from it
 */
public record Observation(
        int attempt,
        @Nullable Instant startedAt,
        @Nullable Instant readyAt,
        @Nullable List<String> warnings,
        @Nullable List<PublishedPort> ports,
        boolean adopted,
        @Nullable Preparation image,
        @Nullable Instant rebootAt,
        @Nullable VmEvent event) {

    private static final int MAX_WARNINGS = 20;

    public static Observation of(VmReport report) {
        return new Observation(
                report.attempt(),
                report.startedAt(),
                report.readyAt(),
                PlainText.of(report.warnings()).stream().limit(MAX_WARNINGS).toList(),
                PlainText.ports(report.ports()),
                report.adopted(),
                report.preparation(),
                report.answers() == null ? null : report.answers().rebootAt(),
                event(report));
    }

    /** Whether that was all about making its files. */
    public boolean preparing() {
        return event instanceof VmEvent.Progressed(int n, Progress progress, var ssh) && progress == Progress.PREPARING;
    }

    /** Its agent does not know it any more, see {@link MissingAttempts}. */
    public static Observation missing(VmView vm) {
        Failure failure = new Failure(
                ErrorCode.GUEST_CRASHED,
                "The node's agent does not know the VM any more: its domain is gone (vm: " + vm.id() + ").");
        int attempt = vm.state().attempt();
        return new Observation(
                attempt, null, null, null, null, false, null, null, new VmEvent.AttemptFailed(attempt, failure));
    }

    private static @Nullable VmEvent event(VmReport report) {
        VmReport.Answers answers = report.answers();
        if (answers != null && answers.suspendAt() != null && !report.phase().over()) {
            return suspendFailed(report, answers.suspendAt(), answers.suspendFailure());
        }
        return switch (report.phase()) {
            case PREPARING -> progressed(report, Progress.PREPARING);
            case BOOTING -> progressed(report, Progress.BOOTING);
            case RUNNING -> progressed(report, Progress.RUNNING);
            case READY -> progressed(report, Progress.READY);
            case SUSPENDING -> null;
            case SUSPENDED -> new VmEvent.AttemptSuspended(report.attempt());
            case STOPPING -> null;
            case ENDED -> ended(report);
        };
    }

    private static VmEvent suspendFailed(VmReport report, Instant askedAt, @Nullable Failure why) {
        Failure failure = why == null
                ? new Failure(ErrorCode.SUSPEND_FAILED, "Its agent does not say why.")
                : new Failure(why.code(), PlainText.of(why.message()));
        return new VmEvent.SuspendFailed(report.attempt(), askedAt, failure);
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
