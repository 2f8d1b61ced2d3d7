package io.anemone.orchestrator.agentlink;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ImageReference;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.orders.AttemptId;
import io.anemone.core.orders.DesiredState;
import io.anemone.core.orders.Graces;
import io.anemone.core.orders.LeaseTerms;
import io.anemone.core.orders.Strangers;
import io.anemone.core.orders.VmOnLease;
import io.anemone.core.vm.VmEvent;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmState;
import io.anemone.core.wire.OrchestratorMessage;
import io.anemone.core.wire.SaveOrder;
import io.anemone.orchestrator.audit.ViolationStore;
import io.anemone.orchestrator.history.Change;
import io.anemone.orchestrator.history.Changes;
import io.anemone.orchestrator.image.ImageLookup;
import io.anemone.orchestrator.image.ImageSaves;
import io.anemone.orchestrator.image.Images;
import io.anemone.orchestrator.instance.GivenUp;
import io.anemone.orchestrator.lease.AgentConfig;
import io.anemone.orchestrator.lease.LeaseContacts;
import io.anemone.orchestrator.lease.LeaseRecord;
import io.anemone.orchestrator.lease.LeaseStore;
import io.anemone.orchestrator.stream.StreamStore;
import io.anemone.orchestrator.vm.VmQuery;
import io.anemone.orchestrator.vm.VmRecord;
import io.anemone.orchestrator.vm.VmStore;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.websockets.next.CloseReason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The agents that are connected here. Each has a thread of its own that sends it its orders, made anew from the state
 * whenever that may have changed: a slow agent holds up nobody else, and a lost order is made up for by the next.
 */
@ApplicationScoped
class AgentLink {

    private static final Logger LOG = Logger.getLogger(AgentLink.class);
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final LeaseStore leases;
    private final LeaseContacts contacts;
    private final VmQuery vms;
    private final VmStore vmStore;
    private final Images images;
    private final ViolationStore violations;
    private final StreamStore streams;
    private final Changes changes;
    private final AgentConfig config;
    private final Prefetches prefetches;
    private final ImageSaves saves;
    private final Clock clock;
    private final Map<LeaseId, AgentSession> sessions = new ConcurrentHashMap<>();

    AgentLink(
            LeaseStore leases,
            LeaseContacts contacts,
            VmQuery vms,
            VmStore vmStore,
            Images images,
            ViolationStore violations,
            StreamStore streams,
            Changes changes,
            AgentConfig config,
            Prefetches prefetches,
            ImageSaves saves,
            Clock clock) {
        this.leases = leases;
        this.contacts = contacts;
        this.vms = vms;
        this.vmStore = vmStore;
        this.images = images;
        this.violations = violations;
        this.streams = streams;
        this.changes = changes;
        this.config = config;
        this.prefetches = prefetches;
        this.saves = saves;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        changes.subscribe(change -> {
            switch (change) {
                case Change.AgentSync(LeaseId lease) -> wake(lease);
                case Change.Lease(LeaseId lease) -> wake(lease);
                case Change.Vm c -> {}
                case Change.EffectDue c -> {}
                case Change.LookAtJobs c -> {}
                case Change.Pool c -> {}
                case Change.Anything c -> sessions.keySet().forEach(this::wake);
                case Change.Inventory c -> {}
            }
        });
    }

    /** Meanwhile agents may have joined elsewhere, and what was not joined elsewhere counts as lost. */
    void joinAnew(@Observes GivenUp event) {
        sessions.values().forEach(session -> session.close(new CloseReason(4002, "join anew")));
    }

    private void wake(LeaseId lease) {
        AgentSession session = sessions.get(lease);
        if (session != null) {
            session.due().raise();
        }
    }

    /** From now on this is the lease's agent; the one before it is sent away. */
    void open(AgentSession session) {
        AgentSession older = sessions.put(session.lease(), session);
        if (older != null) {
            older.replaced();
        }
    }

    /** Its orders follow, until it is closed. */
    void serve(AgentSession session) {
        Thread.ofVirtual().name("agent-" + session.lease()).start(() -> run(session));
        session.due().raise();
    }

    void lost(AgentSession session) {
        session.markClosed();
        sessions.remove(session.lease(), session);
        contacts.lost(session.connection());
    }

    private void run(AgentSession session) {
        while (session.due().await(LOOK) && !session.closed()) {
            if (session.heardAt().plus(config.silence()).isBefore(clock.instant())) {
                LOG.infof("an agent is silent; its connection is closed lease=%s", session.lease());
                session.close(new CloseReason(4001, "silent for too long"));
                return;
            }
            try {
                sync(session);
            } catch (RuntimeException e) {
                // The database or the connection: either way, the state is looked at again.
                LOG.warnf(e, "an agent's orders could not be sent lease=%s", session.lease());
            }
        }
    }

    private void sync(AgentSession session) {
        LeaseRecord lease = leases.find(session.lease()).orElseThrow();
        if (lease.contact().epoch() != session.epoch()) {
            LOG.infof("an agent is connected elsewhere lease=%s epoch=%d", session.lease(), session.epoch());
            session.replaced();
            return;
        }
        if (lease.phase().terminal()) {
            session.refuse(new OrchestratorMessage.Refused(
                    ErrorCode.LEASE_OVER, "The lease is over (lease: " + lease.id() + ").", false));
            return;
        }
        List<VmRecord> onLease = vms.on(session.lease());
        Map<String, ImageDefinition> definitions = new HashMap<>();
        for (VmRecord vm : onLease) {
            switch (image(vm.spec().image())) {
                case ImageLookup.Found(ImageDefinition image) ->
                    definitions.put(vm.spec().image(), image);
                case ImageLookup.NotYet notYet -> {} // Looked at again, like everything else
                case ImageLookup.Absent absent -> imageGone(vm);
            }
        }
        Map<VmId, SaveOrder> toSave = saves.orders(onLease.stream()
                .collect(Collectors.toMap(VmRecord::id, vm -> vm.view().state().attempt())));
        List<VmOnLease> placed = onLease.stream()
                .map(vm -> new VmOnLease(
                        vm.view(),
                        vm.times().startedAt(),
                        vm.orders().rebootAskedAt(),
                        vm.orders().gentle(),
                        toSave.get(vm.id())))
                .toList();
        Set<AttemptId> strangers = Strangers.among(
                session.reports().values(),
                placed.stream().map(VmOnLease::view).toList(),
                vm -> vms.find(vm).isPresent());
        violations.toEnd(lease.id()).forEach(domain -> strangers.add(new AttemptId(domain.vm(), domain.attempt())));
        DesiredState state = new DesiredState(
                terms(lease), placed, definitions, session.known(), strangers, vms.discards(lease.spec()));
        Graces graces = new Graces(config.stopGrace(), config.shutdownGrace());
        session.sendIfNew(
                state.toMessage(session.epoch(), graces, clock.instant()).with(prefetches.of(lease)));
        session.sendOrders(streams.waiting(lease.id()));
    }

    private ImageLookup image(String reference) {
        return ImageReference.parse(reference).map(images::look).orElseGet(ImageLookup.Absent::new);
    }

    private static LeaseTerms terms(LeaseRecord lease) {
        return new LeaseTerms(lease.id(), lease.state(), lease.spec().walltime(), lease.endsAt());
    }

    /** What was not begun cannot begin any more; what runs needs its image no longer. */
    private void imageGone(VmRecord vm) {
        if (vm.state() instanceof VmState.Placed) {
            String message = "The site has no image " + vm.spec().image() + " any more (vm: " + vm.id() + ").";
            vmStore.apply(vm.id(), new VmEvent.Refused(new Failure(ErrorCode.UNKNOWN_IMAGE, message)), null);
        }
    }
}
