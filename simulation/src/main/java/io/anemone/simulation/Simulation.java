package io.anemone.simulation;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** One run of a site: people at work and faults for a while, then calm, then everybody goes home. */
final class Simulation {

    private static final long CALM_LIMIT = 300_000;
    private static final long LEAVE_LIMIT = 240_000;

    private final long seed;
    private final Timeline timeline;
    private final Site site;
    private final Cluster cluster;
    private final Invariants invariants;
    private final Users users;
    private final Mischief mischief;

    private Simulation(long seed, PlantedBug bug, boolean keepTimeline) {
        this.seed = seed;
        this.timeline = new Timeline(keepTimeline);
        World world = new World(seed, timeline);
        this.site = new Site(world, new Faults(world), bug);
        this.cluster = new Cluster(site);
        this.invariants = new Invariants(site, cluster);
        this.users = new Users(site, cluster, invariants);
        this.mischief = new Mischief(site, cluster);
    }

    static Result run(long seed, PlantedBug bug, boolean keepTimeline) {
        return new Simulation(seed, bug, keepTimeline).run();
    }

    private Result run() {
        Optional<String> violation = Optional.empty();
        try {
            play();
        } catch (Violation e) {
            violation = Optional.of(String.valueOf(e.getMessage()));
        } catch (CompletionException e) {
            // Thrown while an agent started a guest.
            violation = Optional.of(String.valueOf(e.getCause()));
        }
        violation.ifPresent(what -> site.world().tell("VIOLATION", what));
        long ready =
                site.database().vms.values().stream().filter(vm -> vm.wasReady).count();
        return new Result(
                seed, violation, site.faults().counts(), site.database().vms.size(), ready, timeline.lines());
    }

    private void play() {
        World world = site.world();
        int count = world.chance(0.5) ? 2 : 1;
        for (int i = 1; i <= count; i++) {
            // They go by the database's clock, as well as they know it.
            long offset = world.between(-50, 50);
            Orchestrator orchestrator = new Orchestrator(site, cluster, "orch-" + i, new PartyClock(world, offset));
            site.orchestrators().add(orchestrator);
            orchestrator.start();
        }
        users.pool((int) world.between(0, 2));
        long trouble = world.between(30_000, 120_000);
        long acts = world.between(4, 20);
        for (int i = 0; i < acts; i++) {
            world.after(World.NATURE, world.between(0, trouble), users::act);
        }
        mischief.plan(trouble);
        world.after(World.NATURE, world.between(5000, trouble), mischief::killSomeAgent);
        runUntil(trouble);
        site.faults().stop();
        settle(CALM_LIMIT, "calm", invariants::unrest);
        users.leave();
        settle(LEAVE_LIMIT, "the end", invariants::leftovers);
    }

    private void runUntil(long end) {
        while (site.world().next(end)) {
            invariants.check();
        }
    }

    private void settle(long limit, String when, Supplier<List<String>> unrest) {
        long end = site.world().now() + limit;
        List<String> left = unrest.get();
        while (!left.isEmpty()) {
            if (site.world().now() >= end) {
                throw new Violation("not at rest " + limit / 1000 + " s after " + when + ": " + left);
            }
            runUntil(site.world().now() + 1000);
            left = unrest.get();
        }
    }
}
