package io.anemone.simulation;

import io.anemone.core.hypervisor.Sighting;
import java.util.List;

/** Faults that come by their own time. */
final class Mischief {

    private final Site site;
    private final Cluster cluster;

    Mischief(Site site, Cluster cluster) {
        this.site = site;
        this.cluster = cluster;
    }

    void plan(long until) {
        for (Fault fault : Fault.values()) {
            if (fault.probability() == 0 && site.faults().has(fault)) {
                long times = site.world().between(1, 3);
                for (int i = 0; i < times; i++) {
                    site.world().after(World.NATURE, site.world().between(1000, until), () -> happen(fault));
                }
            }
        }
    }

    private void happen(Fault fault) {
        if (site.faults().stopped()) {
            return;
        }
        World world = site.world();
        switch (fault) {
            case AGENT_FREEZES ->
                agents().stream().findFirst().ifPresent(agent -> {
                    site.faults().happened(fault);
                    agent.life().freezeUntil(world.now() + world.between(2000, 60_000));
                });
            case NODE_CRASHES -> {
                site.faults().happened(fault);
                cluster.crash(world.pick(cluster.nodes()));
            }
            case SCHEDULER_SILENT -> {
                site.faults().happened(fault);
                cluster.silentUntil(world.now() + world.between(2000, 60_000));
            }
            case SCHEDULER_LOSES_ITS_LAST_SECONDS -> {
                site.faults().happened(fault);
                cluster.restartsWithout(world.between(1000, 8000));
            }
            case PARTITION -> {
                site.faults().happened(fault);
                world.pick(cluster.nodes()).cutOffUntil(world.now() + world.between(2000, 60_000));
            }
            case DATABASE_UNAVAILABLE -> {
                site.faults().happened(fault);
                site.database().downUntil(world.now() + world.between(500, 30_000));
            }
            case HYPERVISOR_UNAVAILABLE -> {
                site.faults().happened(fault);
                world.pick(cluster.nodes()).hypervisorDownUntil(world.now() + world.between(500, 40_000));
            }
            case CLOCK_JUMPS -> {
                site.faults().happened(fault);
                world.pick(cluster.nodes()).clock.jump(world.between(-60_000, 60_000));
            }
            case GUEST_POWERS_OFF -> guest(fault, Sighting.Ending.POWERED_OFF);
            case GUEST_CRASHES -> guest(fault, Sighting.Ending.CRASHED);
            case CLOCK_OFF_BY_MINUTES, GUESTS_IGNORE_SHUTDOWN -> {}
            case ORCHESTRATOR_CRASHES,
                    AGENT_CRASHES,
                    LISTING_STALE,
                    LISTING_TRUNCATED,
                    LISTING_EMPTY,
                    LISTING_UNAVAILABLE,
                    CALL_UNAVAILABLE,
                    SUBMIT_REPLY_LOST,
                    SUBMIT_LATE,
                    CANCEL_LOST,
                    MESSAGE_LOST_WITH_ITS_CONNECTION,
                    MESSAGE_LATE,
                    MESSAGE_DOUBLED,
                    STALE_ORDERS,
                    COMMIT_FAILS,
                    COMMIT_ANSWER_LOST,
                    EFFECT_STALLS,
                    DECISION_STALLS,
                    CREATE_FAILS,
                    CREATE_REPLY_LOST,
                    CREATE_HANGS,
                    DISK_FULL,
                    NOTES_LOST,
                    SAVE_FAILS,
                    SAVE_REPLY_LOST,
                    RESTORE_FAILS,
                    SHARED_STORAGE_FULL -> throw new IllegalStateException(fault + " comes at its occasions");
        }
    }

    /** Agents also die at no special moment. */
    void killSomeAgent() {
        List<AgentRun> agents = agents();
        if (!agents.isEmpty() && site.faults().has(Fault.AGENT_CRASHES)) {
            site.faults().happened(Fault.AGENT_CRASHES);
            site.world().pick(agents).die();
        }
    }

    private List<AgentRun> agents() {
        return cluster.running().stream().flatMap(run -> run.agent().stream()).toList();
    }

    private void guest(Fault fault, Sighting.Ending ending) {
        List<Domains.Live> live = site.domains().live();
        if (!live.isEmpty()) {
            site.faults().happened(fault);
            Domains.Live domain = site.world().pick(live);
            domain.run().guestEnds(domain.id(), ending);
        }
    }
}
