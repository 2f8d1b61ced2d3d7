package io.anemone.orchestrator.agentlink;

import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.orders.Observation;
import io.anemone.core.orders.PlainText;
import io.anemone.core.plan.VmView;
import io.anemone.core.wire.AgentMessage;
import io.anemone.core.wire.Discard;
import io.anemone.core.wire.Inventory;
import io.anemone.core.wire.VmReport;
import io.anemone.orchestrator.audit.InventoryStore;
import io.anemone.orchestrator.audit.NodeItem;
import io.anemone.orchestrator.lease.LeaseStore;
import io.anemone.orchestrator.usage.UsageStore;
import io.anemone.orchestrator.vm.VmQuery;
import io.anemone.orchestrator.vm.VmRecord;
import io.anemone.orchestrator.vm.VmStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Takes in full reports: what is new moves VMs, and what is missing is noticed. */
@ApplicationScoped
class ReportIntake {

    private static final Logger LOG = Logger.getLogger(ReportIntake.class);
    private static final int MAX_REPORTS = 1000;

    private final VmStore vms;
    private final VmQuery query;
    private final LeaseStore leases;
    private final InventoryStore inventories;
    private final UsageStore usages;
    private final Clock clock;

    ReportIntake(
            VmStore vms, VmQuery query, LeaseStore leases, InventoryStore inventories, UsageStore usages, Clock clock) {
        this.vms = vms;
        this.query = query;
        this.leases = leases;
        this.inventories = inventories;
        this.usages = usages;
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

    /**
     * Takes in what else an agent saw on its node.
     *
     * @param inventory null while it cannot tell
     */
    void take(AgentSession session, @Nullable Inventory inventory) {
        Optional<Set<NodeItem>> items = Optional.ofNullable(inventory).map(seen -> items(session, seen));
        if (session.saw(items)) {
            inventories.told(session.lease(), items);
        }
    }

    /** Takes in what guests used. */
    void take(AgentSession session, AgentMessage.Usage usage) {
        if (!usages.measured(session.connection(), usage.vms())) {
            session.replaced();
        }
    }

    /** Takes in what a guest says of itself. */
    void take(AgentSession session, AgentMessage.Guest guest) {
        if (!vms.guestSays(guest.vm(), session.connection(), guest.attempt(), PlainText.of(guest.facts()))) {
            session.replaced();
        }
    }

    /** Takes in what an agent has removed. */
    void discarded(AgentSession session, List<Discard> gone) {
        if (!gone.isEmpty()) {
            LeaseSpec spec = leases.find(session.lease()).orElseThrow().spec();
            gone.stream().limit(MAX_REPORTS).forEach(discard -> vms.discarded(spec, discard));
        }
    }

    private static Set<NodeItem> items(AgentSession session, Inventory inventory) {
        Set<NodeItem> items = new HashSet<>();
        session.reports().values().stream()
                .filter(ReportIntake::hasADomain)
                .forEach(report -> items.add(new NodeItem(report.vm(), report.attempt(), session.lease())));
        inventory.strays().stream()
                .limit(MAX_REPORTS)
                .forEach(stray -> items.add(new NodeItem(stray.vm(), stray.attempt(), stray.lease())));
        inventory.remains().stream()
                .limit(MAX_REPORTS)
                .forEach(files -> items.add(new NodeItem(files.vm(), files.attempt(), null)));
        return items;
    }

    private static boolean hasADomain(VmReport report) {
        return switch (report.phase()) {
            case RUNNING, READY, SUSPENDING, STOPPING -> true;
            case PREPARING, BOOTING, SUSPENDED, ENDED -> false;
        };
    }

    private void gone(AgentSession session, VmView vm) {
        LOG.warnf("an agent does not know an attempt any more lease=%s vm=%s", session.lease(), vm.id());
        vms.report(vm.id(), session.connection(), Observation.missing(vm));
    }
}
