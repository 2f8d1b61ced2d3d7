package io.anemone.agent.vm;

import io.anemone.core.error.Failure;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.vm.PublishedPort;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.vm.StopReason;
import io.anemone.core.wire.AgentPhase;
import io.anemone.core.wire.Preparation;
import io.anemone.core.wire.VmReport;
import io.anemone.core.wire.VmReport.Answers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What is reported of one attempt; tells of each change. Safe for use by many threads. */
final class ReportCard {

    private final Runnable changed;
    private volatile VmReport report;

    ReportCard(DomainId id, Runnable changed) {
        this.changed = changed;
        this.report = new VmReport(
                id.vm(), id.attempt(), AgentPhase.PREPARING, null, null, null, null, null, "", List.of(), false, null);
    }

    VmReport report() {
        return report;
    }

    void replace(VmReport other) {
        change(was -> other);
    }

    void phase(AgentPhase phase) {
        change(was -> with(was, phase, was.readyAt(), was.reason(), was.failure(), was.message()));
    }

    void running(Instant startedAt, @Nullable SshEndpoint ssh, List<PublishedPort> ports) {
        change(was -> new VmReport(
                was.vm(),
                was.attempt(),
                AgentPhase.RUNNING,
                startedAt,
                was.readyAt(),
                ssh,
                null,
                null,
                "",
                was.warnings(),
                was.adopted(),
                was.preparation(),
                was.answers(),
                ports));
    }

    /** How its image comes to the node. */
    void preparing(Preparation image) {
        change(was -> new VmReport(
                was.vm(),
                was.attempt(),
                was.phase(),
                was.startedAt(),
                was.readyAt(),
                was.ssh(),
                was.reason(),
                was.failure(),
                was.message(),
                was.warnings(),
                was.adopted(),
                image,
                was.answers(),
                was.ports()));
    }

    void ready(Instant at) {
        change(was -> with(was, AgentPhase.READY, at, null, null, ""));
    }

    void ended(StopReason reason, String message) {
        change(was -> with(was, AgentPhase.ENDED, was.readyAt(), reason, null, message));
    }

    /** Its guest is saved. */
    void suspended() {
        change(was -> with(was, AgentPhase.SUSPENDED, was.readyAt(), null, null, ""));
    }

    /** It is as it was before it was tried to save it. */
    void runsOn() {
        change(was -> with(
                was, was.readyAt() == null ? AgentPhase.RUNNING : AgentPhase.READY, was.readyAt(), null, null, ""));
    }

    /** What becomes of the newest order to suspend; null while nothing is to be said of one. */
    void suspendFailed(@Nullable Instant askedAt, @Nullable Failure failure) {
        change(was -> answering(was, new Answers(askedAt, failure, rebootAt(was))));
    }

    /** What was said of an order to suspend is said until another is wanted, or none. */
    void answer(@Nullable Instant askedAt) {
        Answers answers = report.answers();
        if (askedAt == null && answers != null && answers.suspendAt() != null) {
            suspendFailed(null, null);
        }
    }

    void rebooted(Instant askedAt) {
        change(was -> {
            Answers before = was.answers();
            return answering(
                    was,
                    new Answers(
                            before == null ? null : before.suspendAt(),
                            before == null ? null : before.suspendFailure(),
                            askedAt));
        });
    }

    private static @Nullable Instant rebootAt(VmReport report) {
        return report.answers() == null ? null : report.answers().rebootAt();
    }

    private static VmReport answering(VmReport was, Answers answers) {
        return new VmReport(
                was.vm(),
                was.attempt(),
                was.phase(),
                was.startedAt(),
                was.readyAt(),
                was.ssh(),
                was.reason(),
                was.failure(),
                was.message(),
                was.warnings(),
                was.adopted(),
                was.preparation(),
                answers,
                was.ports());
    }

    void failed(Failure failure) {
        change(was -> with(was, AgentPhase.ENDED, was.readyAt(), null, failure, failure.message()));
    }

    void warn(String warning) {
        if (report.warnings().contains(warning)) {
            return;
        }
        change(was -> {
            List<String> warnings = new ArrayList<>(was.warnings());
            warnings.add(warning);
            return new VmReport(
                    was.vm(),
                    was.attempt(),
                    was.phase(),
                    was.startedAt(),
                    was.readyAt(),
                    was.ssh(),
                    was.reason(),
                    was.failure(),
                    was.message(),
                    warnings,
                    was.adopted(),
                    was.preparation(),
                    was.answers(),
                    was.ports());
        });
    }

    void adopted() {
        change(was -> new VmReport(
                was.vm(),
                was.attempt(),
                was.phase(),
                was.startedAt(),
                was.readyAt(),
                was.ssh(),
                was.reason(),
                was.failure(),
                was.message(),
                was.warnings(),
                true,
                was.preparation(),
                was.answers(),
                was.ports()));
    }

    private void change(UnaryOperator<VmReport> change) {
        synchronized (this) {
            VmReport fresh = change.apply(report);
            // What is over stays over, whoever said so first.
            if (fresh.equals(report) || report.phase().over()) {
                return;
            }
            report = fresh;
        }
        changed.run();
    }

    private static VmReport with(
            VmReport was,
            AgentPhase phase,
            @Nullable Instant readyAt,
            @Nullable StopReason reason,
            @Nullable Failure failure,
            String message) {
        return new VmReport(
                was.vm(),
                was.attempt(),
                phase,
                was.startedAt(),
                readyAt,
                was.ssh(),
                reason,
                failure,
                message,
                was.warnings(),
                was.adopted(),
                was.preparation(),
                was.answers(),
                was.ports());
    }
}
