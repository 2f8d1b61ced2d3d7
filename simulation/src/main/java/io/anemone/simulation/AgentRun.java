package io.anemone.simulation;

import io.anemone.agent.Agent;
import io.anemone.agent.AgentConfig;
import io.anemone.agent.AgentEvents;
import io.anemone.agent.CacheConfig;
import io.anemone.agent.files.Ports;
import io.anemone.agent.link.WireJson;
import io.anemone.agent.save.DiskSaves;
import io.anemone.agent.vm.VmParts;
import io.anemone.agent.vm.VmSupervisor;
import io.anemone.agent.vm.VmThreads;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.Sighting;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.wire.Acceleration;
import io.anemone.core.wire.AgentExit;
import io.anemone.core.wire.Join;
import io.anemone.core.wire.OrchestratorMessage;
import io.anemone.core.wire.VmReport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One agent process: the real agent and its supervisors, stepped in virtual time. */
final class AgentRun implements VmThreads {

    private static final WireJson JSON = new WireJson();
    private static final URI ANYWHERE = URI.create("http://orchestrator");
    private static final Path NOWHERE = Path.of("/nonexistent");
    private static final long LOOP = 400;
    private static final long LONGEST_WAIT = 2000;

    private final Site site;
    private final JobRun run;
    private final Life life = new Life();
    private final NodeHypervisor hypervisor;
    private final Agent agent;
    private final AgentLink link;

    AgentRun(Site site, JobRun run) {
        this.site = site;
        this.run = run;
        this.hypervisor = new NodeHypervisor(site, this, run);
        AgentConfig config = new AgentConfig(
                List.of(ANYWHERE),
                run.mode(),
                run.job().id(),
                run.node().name,
                null,
                NOWHERE,
                NOWHERE,
                CacheConfig.of(Map.of(), NOWHERE),
                NOWHERE,
                null,
                NOWHERE,
                Duration.ofSeconds(60),
                false);
        VmParts parts = new VmParts(
                hypervisor,
                run.files(),
                new AgentStorage(site, this),
                new DiskSaves(new NoSaves(), new NoSaves(), hypervisor, run.node().clock),
                new Ports("n", site.world().random(), port -> true),
                (mark, probe) -> this::ready,
                () -> Acceleration.KVM,
                this,
                run.node().clock,
                JSON,
                run.job().id(),
                run.node().name);
        this.agent = new Agent(
                config,
                run.files(),
                this::join,
                new Quiet(),
                parts,
                (order, ssh) -> {},
                CompletableFuture.completedFuture(Acceleration.KVM));
        this.link = new AgentLink(site, this, agent);
    }

    boolean timeWasUp() {
        return link.timeWasUp();
    }

    /** The job's end as the agent was told it; null before. */
    @Nullable
    Instant toldEnd() {
        return link.endsAt();
    }

    Life life() {
        return life;
    }

    JobRun run() {
        return run;
    }

    void start() {
        site.world().tell(toString(), "begins");
        if (run.lostAgents()) {
            adopt();
        } else {
            connect();
        }
    }

    private void adopt() {
        if (hypervisor.await(Duration.ZERO)) {
            adoptSaved();
            agent.lease().adopt(hypervisor.domains());
            connect();
        } else if (agent.terminating()) {
            connect();
        } else {
            site.world().after(life, 500, this::adopt);
        }
    }

    private void adoptSaved() {
        run.files()
                .secret()
                .ifPresent(secret -> agent.lease()
                        .adoptSaved(new AgentStorage(site, this).of(run.job().id()), LeaseId.parse(secret.getFirst())));
    }

    private void connect() {
        agent.start(link, run::killGuests);
        link.start();
        step();
    }

    private void step() {
        AgentExit exit = agent.step();
        if (exit == null) {
            site.world().after(life, LOOP, this::step);
            return;
        }
        site.world().tell(toString(), "exits: " + exit);
        site.world().after(life, 100, () -> {
            kill();
            run.agentExited(exit.code());
        });
    }

    void terminate() {
        site.world().after(life, 1, agent::terminate);
    }

    /** SIGKILL, or the like. */
    void kill() {
        life.end();
        link.lost();
    }

    /** Faults pick the moments when the process dies. */
    void dieAt(String where) {
        if (site.faults().strikes(Fault.AGENT_CRASHES)) {
            die();
            throw new AgentDied(where);
        }
    }

    /** What kills the agent may kill its newest guest as well, as the kernel does when memory runs out. */
    void dieAfterCreate(DomainId id) {
        if (site.faults().strikes(Fault.AGENT_CRASHES)) {
            if (site.world().chance(0.4)) {
                run.guestEnds(id, Sighting.Ending.CRASHED);
            }
            die();
            throw new AgentDied("after a create");
        }
    }

    void die() {
        site.world().tell(toString(), "dies");
        kill();
        run.agentDied(site.world().chance(0.6));
    }

    private Join join() throws IOException {
        Join.@Nullable VmRequest request = run.request();
        if (request != null) {
            return new Join.Direct("", request);
        }
        LeaseId lease = run.lease().orElseThrow();
        return new Join.WithToken(lease, lease.toString());
    }

    private boolean ready() {
        return site.faults().stopped() || site.world().chance(0.3);
    }

    // Threads

    @Override
    public void start(Runnable task) {
        boolean hangs = site.faults().strikes(Fault.CREATE_HANGS);
        site.world()
                .after(
                        life,
                        hangs
                                ? site.world().between(5000, 90_000)
                                : site.world().between(5, 300),
                        task);
    }

    @Override
    public Runnable drive(VmSupervisor supervisor) {
        Stepping stepping = new Stepping(supervisor);
        stepping.wake();
        return stepping::wake;
    }

    private final class Stepping {
        private final VmSupervisor supervisor;
        private long turn;
        private boolean woken;

        private Stepping(VmSupervisor supervisor) {
            this.supervisor = supervisor;
        }

        private void wake() {
            if (!woken) {
                woken = true;
                due(1);
            }
        }

        private void due(long wait) {
            long mine = ++turn;
            site.world().after(life, wait, () -> {
                if (mine == turn) {
                    woken = false;
                    step();
                }
            });
        }

        private void step() {
            if (!supervisor.over()) {
                long wait;
                try {
                    wait = supervisor.step().toMillis();
                } catch (AgentDied e) {
                    return;
                }
                if (!woken) {
                    due(Math.max(1, Math.min(wait, LONGEST_WAIT)));
                }
            }
        }
    }

    @Override
    public String toString() {
        return "agent-" + run.job().id();
    }

    /** People do not watch. */
    private static final class Quiet implements AgentEvents {
        @Override
        public void joined(LeaseId lease) {}

        @Override
        public void disconnected(String why) {}

        @Override
        public void refused(OrchestratorMessage.Refused refusal) {}

        @Override
        public void desired(OrchestratorMessage.Desired desired) {}

        @Override
        public void changed(List<VmReport> reports) {}

        @Override
        public void ending(String why) {}
    }
}
