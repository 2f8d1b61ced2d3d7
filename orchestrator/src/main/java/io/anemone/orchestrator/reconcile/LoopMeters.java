package io.anemone.orchestrator.reconcile;

import io.anemone.core.lease.LeasePhase;
import io.anemone.core.plan.Snapshot;
import io.anemone.core.vm.Phase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** How long ticks take, and how many VMs and leases are in each phase (those that are over are not counted). */
@ApplicationScoped
class LoopMeters {

    private final Timer ticks;
    private final Map<Phase, AtomicInteger> vms = new EnumMap<>(Phase.class);
    private final Map<LeasePhase, AtomicInteger> leases = new EnumMap<>(LeasePhase.class);

    LoopMeters(MeterRegistry meters) {
        this.ticks = meters.timer("anemone.reconcile.tick");
        for (Phase phase : Phase.values()) {
            if (!phase.terminal()) {
                vms.put(phase, new AtomicInteger());
                meters.gauge("anemone.vms", Tags.of("phase", phase.name()), count(vms, phase));
            }
        }
        for (LeasePhase phase : LeasePhase.values()) {
            if (!phase.terminal()) {
                leases.put(phase, new AtomicInteger());
                meters.gauge("anemone.leases", Tags.of("phase", phase.name()), count(leases, phase));
            }
        }
    }

    void timeOf(Runnable tick) {
        ticks.record(tick);
    }

    void see(Snapshot snapshot) {
        vms.forEach((phase, count) -> count.set((int) snapshot.vms().stream()
                .filter(vm -> vm.state().phase() == phase)
                .count()));
        leases.forEach((phase, count) -> count.set((int) snapshot.leases().stream()
                .filter(lease -> lease.state().phase() == phase)
                .count()));
    }

    private static <P> AtomicInteger count(Map<P, AtomicInteger> counts, P phase) {
        AtomicInteger count = counts.get(phase);
        if (count == null) {
            throw new IllegalArgumentException("not counted: " + phase);
        }
        return count;
    }
}
