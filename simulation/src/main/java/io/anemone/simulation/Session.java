package io.anemone.simulation;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.orders.AttemptId;
import io.anemone.core.orders.MissingAttempts;
import io.anemone.core.wire.OrchestratorMessage;
import io.anemone.core.wire.VmReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One accepted connection of one agent: what an orchestrator keeps of it in memory. */
final class Session {

    final Connection connection;
    final LeaseId lease;
    final long epoch;
    final MissingAttempts missing = new MissingAttempts();
    Map<AttemptId, VmReport> reported = new LinkedHashMap<>();
    long heardAt;
    boolean confirmed;
    boolean closed;
    boolean syncDue;
    private boolean answerWanted;
    private OrchestratorMessage.@Nullable Desired sent;

    Session(Connection connection, LeaseId lease, long epoch, long now) {
        this.connection = connection;
        this.lease = lease;
        this.epoch = epoch;
        this.heardAt = now;
    }

    void sendIfNew(OrchestratorMessage.Desired desired) {
        boolean wanted = answerWanted;
        answerWanted = false;
        if (wanted || !desired.equals(sent)) {
            connection.toAgent(desired);
            sent = desired;
        }
    }

    void reported(List<VmReport> reports) {
        Map<AttemptId, VmReport> all = new LinkedHashMap<>();
        reports.forEach(report -> all.put(AttemptId.of(report), report));
        reported = all;
        answerWanted |= reports.stream().anyMatch(report -> report.phase().over());
    }
}
