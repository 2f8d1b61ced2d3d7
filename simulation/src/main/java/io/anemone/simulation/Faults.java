package io.anemone.simulation;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The faults of one seed. Each seed has a few kinds only: where everything fails always, nothing gets far enough to fail
 * in an interesting way.
 */
final class Faults {

    private final World world;
    private final Set<Fault> kinds = EnumSet.noneOf(Fault.class);
    private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
    private final double intensity;
    private boolean stopped;

    Faults(World world) {
        this.world = world;
        double share = world.random().nextDouble(0.6);
        for (Fault fault : Fault.values()) {
            if (world.chance(share)) {
                kinds.add(fault);
            }
        }
        this.intensity = world.random().nextDouble(0.3, 1.5);
    }

    /** Whether it is one of this seed's, now or before. */
    boolean ever(Fault fault) {
        return kinds.contains(fault);
    }

    boolean has(Fault fault) {
        return kinds.contains(fault) && !stopped;
    }

    /** Whether it happens at this occasion. */
    boolean strikes(Fault fault) {
        boolean strikes = has(fault) && world.chance(fault.probability() * intensity);
        if (strikes) {
            happened(fault);
        }
        return strikes;
    }

    void happened(Fault fault) {
        counts.merge(fault, 1L, Long::sum);
        world.tell("fault", fault.name());
    }

    /** From now on all goes well. */
    void stop() {
        stopped = true;
        world.tell("fault", "no more faults from here on");
    }

    boolean stopped() {
        return stopped;
    }

    Map<Fault, Long> counts() {
        return counts;
    }
}
