package io.anemone.simulation;

import io.anemone.core.wire.AgentMessage;
import io.anemone.core.wire.OrchestratorMessage;

/** One connection of one agent to one orchestrator: in order while it stands, and lost with all that is on its way. */
final class Connection {

    private final Site site;
    private final AgentLink link;
    private final AgentRun agent;
    private final Orchestrator orchestrator;
    private boolean broken;
    private long lastUp;
    private long lastDown;

    Connection(Site site, AgentLink link, AgentRun agent, Orchestrator orchestrator) {
        this.site = site;
        this.link = link;
        this.agent = agent;
        this.orchestrator = orchestrator;
        orchestrator.accepted(this);
    }

    AgentRun agent() {
        return agent;
    }

    boolean broken() {
        return broken;
    }

    void toOrchestrator(AgentMessage message) {
        if (lossy()) {
            return;
        }
        // One that is late was read already, and waits in the orchestrator: those after it wait too.
        boolean late = site.faults().strikes(Fault.MESSAGE_LATE);
        long wait = delay() + (late ? site.world().between(500, 8000) : 0);
        lastUp = Math.max(lastUp, site.world().now() + wait);
        deliverUp(message, late);
        if (site.faults().strikes(Fault.MESSAGE_DOUBLED)) {
            deliverUp(message, late);
        }
    }

    private void deliverUp(AgentMessage message, boolean late) {
        site.world().after(orchestrator.life(), lastUp - site.world().now(), () -> {
            if (!broken || late) {
                orchestrator.received(message, this);
            }
        });
    }

    void toAgent(OrchestratorMessage message) {
        if (lossy()) {
            return;
        }
        lastDown = Math.max(lastDown, site.world().now() + delay());
        site.world().after(agent.life(), lastDown - site.world().now(), () -> {
            if (!broken) {
                link.received(message, this);
            }
        });
    }

    private long delay() {
        return site.world().between(1, 20);
    }

    private boolean lossy() {
        boolean cut = !agent.run().node().reachable(site.world().now());
        if (!broken && (cut || site.faults().strikes(Fault.MESSAGE_LOST_WITH_ITS_CONNECTION))) {
            breakDown();
        }
        return broken;
    }

    /** Either side notices in its own time. */
    void breakDown() {
        if (broken) {
            return;
        }
        broken = true;
        site.world().after(agent.life(), site.world().between(10, 3000), () -> link.closed(this));
        site.world().after(orchestrator.life(), site.world().between(10, 6000), () -> orchestrator.closed(this));
    }
}
