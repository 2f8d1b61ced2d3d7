package io.anemone.agent;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.wire.OrchestratorMessage;
import io.anemone.core.wire.VmReport;
import java.util.List;

/** What somebody who reads the job's output may want to know. Called from many threads. */
public interface AgentEvents {

    void joined(LeaseId lease);

    void disconnected(String why);

    void refused(OrchestratorMessage.Refused refusal);

    void desired(OrchestratorMessage.Desired desired);

    void changed(List<VmReport> reports);

    void ending(String why);
}
