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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is reported of one attempt; tells of each change. Safe for use by many threads. */
final class ReportCard {

    private final DomainId id;
    private final Runnable changed;

    private AgentPhase phase = AgentPhase.PREPARING;
    private @Nullable Instant startedAt;
    private @Nullable Instant readyAt;
    private @Nullable SshEndpoint ssh;
    private @Nullable StopReason reason;
    private @Nullable Failure failure;
    private String message = "";
    private final Set<String> warnings = new LinkedHashSet<>();
    private boolean adopted;
    private @Nullable Preparation preparation;
    private @Nullable Answers answers;
    private List<PublishedPort> ports = List.of();

    private volatile VmReport report;

    ReportCard(DomainId id, Runnable changed) {
        this.id = id;
        this.changed = changed;
        this.report = written();
    }

    VmReport report() {
        return report;
    }

    /** As an earlier agent of this job noted its end. */
    void endedAs(VmReport noted) {
        synchronized (this) {
            if (report.phase().over()) {
                return;
            }
            report = noted;
        }
        changed.run();
    }

    void phase(AgentPhase now) {
        change(() -> phase = now);
    }

    void running(Instant since, @Nullable SshEndpoint endpoint, List<PublishedPort> published) {
        change(() -> {
            phase(AgentPhase.RUNNING, null, null, "");
            startedAt = since;
            ssh = endpoint;
            ports = published;
        });
    }

    /** How its image comes to the node. */
    void preparing(Preparation image) {
        change(() -> preparation = image);
    }

    void ready(Instant at) {
        change(() -> {
            phase(AgentPhase.READY, null, null, "");
            readyAt = at;
        });
    }

    void ended(StopReason why, String sentence) {
        change(() -> phase(AgentPhase.ENDED, why, null, sentence));
    }

    void failed(Failure why) {
        change(() -> phase(AgentPhase.ENDED, null, why, why.message()));
    }

    /** Its guest is saved. */
    void suspended() {
        change(() -> phase(AgentPhase.SUSPENDED, null, null, ""));
    }

    /** It is as it was before it was tried to save it. */
    void runsOn() {
        change(() -> phase(readyAt == null ? AgentPhase.RUNNING : AgentPhase.READY, null, null, ""));
    }

    /** What becomes of the newest order to suspend. */
    void suspendFailed(Instant askedAt, Failure why) {
        change(() -> answers = new Answers(askedAt, why, answers == null ? null : answers.rebootAt()));
    }

    /** What was said of an order to suspend is said until another is wanted, or none. */
    void answer(@Nullable Instant askedAt) {
        Answers said = report.answers();
        if (askedAt == null && said != null && said.suspendAt() != null) {
            change(() -> answers = new Answers(null, null, said.rebootAt()));
        }
    }

    void rebooted(Instant askedAt) {
        change(() -> answers = answers == null
                ? new Answers(null, null, askedAt)
                : new Answers(answers.suspendAt(), answers.suspendFailure(), askedAt));
    }

    void warn(String warning) {
        change(() -> warnings.add(warning));
    }

    void adopted() {
        change(() -> adopted = true);
    }

    private void change(Runnable change) {
        synchronized (this) {
            // What is over stays over, whoever said so first.
            if (report.phase().over()) {
                return;
            }
            change.run();
            VmReport fresh = written();
            if (fresh.equals(report)) {
                return;
            }
            report = fresh;
        }
        changed.run();
    }

    private void phase(AgentPhase now, @Nullable StopReason why, @Nullable Failure what, String sentence) {
        phase = now;
        reason = why;
        failure = what;
        message = sentence;
    }

    private VmReport written() {
        return new VmReport(
                id.vm(),
                id.attempt(),
                phase,
                startedAt,
                readyAt,
                ssh,
                reason,
                failure,
                message,
                List.copyOf(warnings),
                adopted,
                preparation,
                answers,
                ports);
    }
}
