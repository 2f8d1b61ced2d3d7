package io.anemone.simulation;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.orders.Observation;
import io.anemone.core.plan.VmView;
import io.anemone.core.scheduler.SchedulerUnavailableException;
import io.anemone.core.wire.AgentMessage;
import io.anemone.core.wire.Discard;
import io.anemone.core.wire.OrchestratorMessage;
import io.anemone.core.wire.VmReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One orchestrator process. What it has in memory is gone when it dies; what it committed is not. */
final class Orchestrator {

    private static final long SILENCE = 15_000;
    private static final long LOOK = 2000;

    private final Site site;
    private final Life life = new Life();
    private final String name;
    private final PartyClock clock;
    private final Store store;
    private final Doorkeeper doorkeeper;
    private final Reconciler reconciler;
    private final EffectWorker effects;
    private final Orders orders;
    private final Map<Connection, Session> byConnection = new HashMap<>();
    private final Map<LeaseId, Session> byLease = new LinkedHashMap<>();
    private final List<Connection> connections = new ArrayList<>();

    Orchestrator(Site site, Cluster cluster, String name, PartyClock clock) {
        this.site = site;
        this.name = name;
        this.clock = clock;
        this.store = new Store(site.world(), site.database(), clock, site.bug(), name);
        SchedulerAccess access = new SchedulerAccess(site, cluster, clock);
        this.doorkeeper = new Doorkeeper(site, store, access);
        this.reconciler = new Reconciler(site, this, access);
        this.effects = new EffectWorker(site, this, access);
        this.orders = new Orders(site, clock);
    }

    void start() {
        site.world().tell(name, "starts");
        site.database().onChange(this::changed);
        reconciler.start();
        effects.start();
    }

    Life life() {
        return life;
    }

    PartyClock clock() {
        return clock;
    }

    Store store() {
        return store;
    }

    String name() {
        return name;
    }

    boolean answers() {
        return !life.over();
    }

    /** One step of it, some time from now; it may die right after. */
    void later(long wait, Runnable step) {
        site.world().after(life, wait, () -> {
            try {
                step.run();
            } catch (DatabaseException | SchedulerUnavailableException e) {
                site.world().tell(name, "goes on after: " + e.getMessage());
            }
            if (site.faults().strikes(Fault.ORCHESTRATOR_CRASHES)) {
                crash();
            }
        });
    }

    private void crash() {
        site.world().tell(name, "dies");
        life.end();
        List.copyOf(connections).forEach(Connection::breakDown);
        Orchestrator next = new Orchestrator(site, reconciler.cluster(), name, clock);
        site.world().after(World.NATURE, site.world().between(500, 8000), () -> {
            site.orchestrators().replaceAll(each -> each == this ? next : each);
            next.start();
        });
    }

    private void changed() {
        if (life.over() || site.world().chance(0.1)) {
            return;
        }
        reconciler.raise();
        effects.raise();
        byLease.values().forEach(this::due);
    }

    // Agents

    void accepted(Connection connection) {
        connections.add(connection);
    }

    void received(AgentMessage message, Connection connection) {
        Session session = byConnection.get(connection);
        if (session != null) {
            session.heardAt = site.world().now();
        }
        switch (message) {
            case AgentMessage.Hello hello -> later(site.world().between(1, 30), () -> hello(hello, connection));
            case AgentMessage.Report report -> {
                if (session != null) {
                    later(site.world().between(0, 5), () -> report(report, session));
                }
            }
            case AgentMessage.Console console -> {}
            case AgentMessage.Usage usage -> {}
            case AgentMessage.Guest guest -> {}
        }
    }

    private void hello(AgentMessage.Hello hello, Connection connection) {
        if (byConnection.containsKey(connection)) {
            return;
        }
        Session session;
        try {
            Doorkeeper.Admitted admitted =
                    doorkeeper.admit(hello, connection.agent().run().job().owner());
            session = new Session(
                    connection, admitted.lease(), admitted.epoch(), site.world().now());
            connection.toAgent(new OrchestratorMessage.Welcome(admitted.lease(), admitted.epoch(), admitted.secret()));
        } catch (Doorkeeper.RefusedException e) {
            site.world().tell(name, "refuses " + connection.agent() + ": " + e.getMessage());
            connection.toAgent(e.refused());
            later(100, connection::breakDown);
            return;
        } catch (DatabaseException e) {
            connection.breakDown();
            return;
        }
        site.world().tell(name, connection.agent() + " joined " + Names.of(session.lease) + ", epoch " + session.epoch);
        byConnection.put(connection, session);
        Session older = byLease.put(session.lease, session);
        if (older != null) {
            close(older);
        }
        take(session, hello.vms());
        due(session);
        look(session);
    }

    private void report(AgentMessage.Report report, Session session) {
        if (session.closed || report.epoch() != session.epoch) {
            return;
        }
        if (!session.confirmed) {
            session.confirmed = true;
            site.database().run(() -> {
                LeaseRow lease = store.lease(session.lease);
                if (lease.epoch == session.epoch) {
                    lease.secretConfirmed = true;
                }
            });
        }
        take(session, report.vms());
        for (Discard gone : report.discarded()) {
            site.database().run(() -> store.discarded(session.lease, gone));
        }
        due(session);
    }

    private void take(Session session, List<VmReport> reports) {
        for (VmReport report : reports) {
            site.database().run(() -> store.report(report.vm(), session.lease, session.epoch, Observation.of(report)));
        }
        session.reported(reports);
        List<VmView> onLease = orders.on(session.lease);
        if (site.bug() == PlantedBug.MISSING_ONCE_IS_GONE) {
            session.missing.in(
                    onLease, session.reported.keySet(), clock.instant().minusSeconds(60));
        }
        for (VmView gone : session.missing.in(onLease, session.reported.keySet(), clock.instant())) {
            site.world().tell(name, "misses " + Names.of(gone.id()));
            site.database().run(() -> store.report(gone.id(), session.lease, session.epoch, Observation.missing(gone)));
        }
    }

    private void due(Session session) {
        if (!session.syncDue && !session.closed) {
            session.syncDue = true;
            later(site.world().between(1, 10), () -> {
                session.syncDue = false;
                sync(session);
            });
        }
    }

    private void look(Session session) {
        later(LOOK, () -> {
            if (!session.closed) {
                due(session);
                look(session);
            }
        });
    }

    private void sync(Session session) {
        if (session.closed) {
            return;
        }
        if (session.heardAt + SILENCE < site.world().now()) {
            close(session);
            return;
        }
        LeaseRow lease = site.database().transact(() -> store.lease(session.lease));
        if (lease.epoch != session.epoch) {
            // It has joined anew, elsewhere or here.
            close(session);
        } else if (lease.over()) {
            connectionRefused(session);
        } else {
            session.sendIfNew(orders.of(lease, session));
        }
    }

    private void connectionRefused(Session session) {
        session.connection.toAgent(new OrchestratorMessage.Refused(
                io.anemone.core.error.ErrorCode.LEASE_OVER, "The lease is over.", false));
        later(50, () -> close(session));
    }

    private void close(Session session) {
        session.closed = true;
        session.connection.breakDown();
    }

    void closed(Connection connection) {
        connections.remove(connection);
        Session session = byConnection.remove(connection);
        if (session != null) {
            session.closed = true;
            byLease.remove(session.lease, session);
            if (site.bug() == PlantedBug.LOST_AGENT_ENDS_LEASE) {
                later(0, () -> reconciler.forget(session.lease));
            }
        }
    }
}
