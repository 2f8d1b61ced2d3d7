package io.anemone.orchestrator.agentlink;

import io.anemone.core.orders.Observation;
import io.anemone.core.plan.VmView;
import io.anemone.core.wire.VmReport;
import io.anemone.orchestrator.vm.VmQuery;
import io.anemone.orchestrator.vm.VmRecord;
import io.anemone.orchestrator.vm.VmStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import org.jboss.logging.Logger;

/** Takes in full reports: what is new moves VMs, and what is missing is noticed. */
@ApplicationScoped
class ReportIntake {

    private static final Logger LOG = Logger.getLogger(ReportIntake.class);
    private static final int MAX_REPORTS = 1000;

    private final VmStore vms;
    private final VmQuery query;
    private final Clock clock;

    ReportIntake(VmStore vms, VmQuery query, Clock clock) {
        this.vms = vms;
        this.query = query;
        this.clock = clock;
    }

    /** Not for use by two threads on one session at once. */
    void take(AgentSession session, List<VmReport> reports) {
        List<VmReport> bounded = reports.size() <= MAX_REPORTS ? reports : reports.subList(0, MAX_REPORTS);
        // A repeat is taken in like the first: that one may have come when the VM had no use for it yet.
        for (VmReport report : bounded) {
            if (!vms.report(report.vm(), session.connection(), Observation.of(report))) {
                session.replaced();
                return;
            }
        }
        session.reported(bounded);
        List<VmView> gone = session.missing()
                .in(query.on(session.lease()).stream().map(VmRecord::view).toList(), session.known(), clock.instant());
        gone.forEach(vm -> gone(session, vm));
    }

    private void gone(AgentSession session, VmView vm) {
        LOG.warnf("an agent does not know an attempt any more lease=%s vm=%s", session.lease(), vm.id());
        vms.report(vm.id(), session.connection(), Observation.missing(vm));
    }
}
