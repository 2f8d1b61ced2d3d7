package io.anemone.simulation;

import io.anemone.agent.Agent;
import io.anemone.agent.link.Backoff;
import io.anemone.agent.link.Link;
import io.anemone.core.wire.AgentMessage;
import io.anemone.core.wire.OrchestratorMessage;
import io.anemone.core.wire.OrchestratorMessage.Desired;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An agent's way to whichever orchestrator answers; tries for ever. */
final class AgentLink implements Link {

    private final Site site;
    private final AgentRun run;
    private final Agent agent;
    private final Backoff backoff;
    private @Nullable Connection connection;
    private boolean welcomed;
    private long newestEpoch;
    private @Nullable Instant endsAt;
    private boolean timeWasUp;
    /** Orders of earlier connections that are still on their way. */
    private final List<Desired> late = new ArrayList<>();

    AgentLink(Site site, AgentRun run, Agent agent) {
        this.site = site;
        this.run = run;
        this.agent = agent;
        this.backoff = new Backoff(site.world().random());
    }

    void start() {
        tryToConnect();
    }

    private void tryToConnect() {
        List<Orchestrator> alive =
                site.orchestrators().stream().filter(Orchestrator::answers).toList();
        boolean reachable = run.run().node().reachable(site.world().now());
        if (alive.isEmpty() || !reachable) {
            agent.disconnected("no answer");
            again();
            return;
        }
        Connection fresh = new Connection(site, this, run, site.world().pick(alive));
        connection = fresh;
        welcomed = false;
        try {
            fresh.toOrchestrator(agent.hello());
        } catch (IOException e) {
            fresh.breakDown();
        }
    }

    private void again() {
        site.world().after(run.life(), backoff.next(), this::tryToConnect);
    }

    /** The connection broke, and the agent has noticed. */
    void closed(Connection which) {
        if (connection == which) {
            connection = null;
            welcomed = false;
            agent.disconnected("closed");
            again();
        }
    }

    /** The process is gone. */
    void lost() {
        Connection current = connection;
        connection = null;
        if (current != null) {
            current.breakDown();
        }
    }

    void received(OrchestratorMessage message, Connection from) {
        if (from != connection) {
            return;
        }
        if (message instanceof OrchestratorMessage.Welcome welcome) {
            welcomed = true;
            newestEpoch = welcome.epoch();
            backoff.reset();
        }
        if (message instanceof Desired desired) {
            Instant before = endsAt;
            // It cannot take back that it began to end its guests.
            timeWasUp |=
                    before != null && !run.run().node().clock.latest().isBefore(before.minus(Reasons.LONGEST_MARGIN));
            endsAt = desired.endsAt();
        }
        hand(message);
        if (message instanceof Desired desired && site.faults().has(Fault.STALE_ORDERS)) {
            late.add(desired);
        }
        if (message instanceof OrchestratorMessage.Welcome
                && !late.isEmpty()
                && site.faults().strikes(Fault.STALE_ORDERS)) {
            Desired stale = site.world().pick(late);
            site.world().after(run.life(), site.world().between(1, 3000), () -> hand(stale));
        }
    }

    /** Whether its guests' time was up at some time, though it may have been extended since. */
    boolean timeWasUp() {
        return timeWasUp;
    }

    /** The job's end, by the newest orders of the newest connection. */
    @Nullable
    Instant endsAt() {
        return endsAt;
    }

    private void hand(OrchestratorMessage message) {
        boolean forget = site.bug() == PlantedBug.EPOCH_FORGOTTEN && message instanceof Desired;
        agent.received(forget ? renewed((Desired) message) : message);
    }

    private Desired renewed(Desired old) {
        return new Desired(
                old.lease(),
                Math.max(old.epoch(), newestEpoch),
                old.endsAt(),
                old.release(),
                old.run(),
                old.stop(),
                old.prefetch(),
                old.resume(),
                old.discard());
    }

    @Override
    public boolean send(AgentMessage message) {
        Connection current = connection;
        if (current == null || !welcomed) {
            return false;
        }
        current.toOrchestrator(message);
        return true;
    }

    @Override
    public boolean flush(Duration limit) {
        return true;
    }
}
