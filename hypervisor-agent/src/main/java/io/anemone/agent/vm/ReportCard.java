package io.anemone.agent.vm;

import io.anemone.core.error.Failure;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.vm.StopReason;
import io.anemone.core.wire.AgentPhase;
import io.anemone.core.wire.Preparation;
import io.anemone.core.wire.VmReport;
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

    void running(Instant startedAt, @Nullable SshEndpoint ssh) {
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
                was.preparation()));
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
                image));
    }

    void ready(Instant at) {
        change(was -> with(was, AgentPhase.READY, at, null, null, ""));
    }

    void ended(StopReason reason, String message) {
        change(was -> with(was, AgentPhase.ENDED, was.readyAt(), reason, null, message));
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
                    was.preparation());
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
                was.preparation()));
    }

    private void change(UnaryOperator<VmReport> change) {
        synchronized (this) {
            VmReport fresh = change.apply(report);
            // What is over stays over, whoever said so first.
            if (fresh.equals(report) || report.phase() == AgentPhase.ENDED) {
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
                was.preparation());
    }
}
