package io.anemone.agent;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.OrchestratorMessage;
import io.anemone.core.wire.VmReport;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The log of a job that the orchestrator submitted. */
final class LogEvents implements AgentEvents {

    private static final System.Logger LOG = System.getLogger(LogEvents.class.getName());

    private final Map<VmId, VmReport> last = new ConcurrentHashMap<>();
    private volatile String lastDisconnect = "";

    @Override
    public void joined(LeaseId lease) {
        lastDisconnect = "";
        LOG.log(Level.INFO, "joined (lease: " + lease + ")");
    }

    @Override
    public void disconnected(String why) {
        // An orchestrator that is away for hours would otherwise fill the log.
        if (!why.equals(lastDisconnect)) {
            lastDisconnect = why;
            LOG.log(Level.WARNING, "not connected, trying again: " + why);
        }
    }

    @Override
    public void refused(OrchestratorMessage.Refused refusal) {
        LOG.log(Level.ERROR, "refused (code: " + refusal.code() + "): " + refusal.message());
    }

    @Override
    public void desired(OrchestratorMessage.Desired desired) {
        LOG.log(
                Level.DEBUG,
                "desired (run: " + desired.run().size() + ", stop: "
                        + desired.stop().size() + ")");
    }

    @Override
    public void changed(List<VmReport> reports) {
        for (VmReport report : reports) {
            VmReport was = last.put(report.vm(), report);
            if (was == null || was.phase() != report.phase() || was.attempt() != report.attempt()) {
                LOG.log(
                        Level.INFO,
                        report.phase() + " (vm: " + report.vm() + ", attempt: " + report.attempt() + ") "
                                + report.message());
            }
        }
    }

    @Override
    public void ending(String why) {
        LOG.log(Level.INFO, "the agent ends: " + why);
    }
}
