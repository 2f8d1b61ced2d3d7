package io.anemone.agent.node;

import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainSpec.Place;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives each guest processors of its own, of one NUMA node where that can be, as long as there are enough; a guest that
 * comes later keeps to none. Safe for use by many threads.
 */
public final class Cores {

    private final NodeCpus node;
    private final Map<DomainId, CpuSet> taken = new HashMap<>();

    public Cores(NodeCpus node) {
        this.node = node;
    }

    /** @return {@link Place#ANYWHERE} if there are not as many left */
    public synchronized Place take(DomainId id, int count) {
        CpuSet free = free();
        if (free.size() < count) {
            return Place.ANYWHERE;
        }
        CpuSet chosen = onOneNode(free, count).orElse(free).first(count);
        taken.put(id, chosen);
        return new Place(chosen.cpus(), numaNodeOf(chosen), 100);
    }

    /** A guest that an earlier agent of this job started has these. */
    public synchronized void keep(DomainId id, CpuSet cpus) {
        if (cpus.size() > 0) {
            taken.put(id, cpus);
        }
    }

    public synchronized void giveBack(DomainId id) {
        taken.remove(id);
    }

    private CpuSet free() {
        CpuSet free = node.given();
        for (CpuSet each : taken.values()) {
            free = free.without(each);
        }
        return free;
    }

    /** The fullest that still has as many, so that large room stays for large guests. */
    private Optional<CpuSet> onOneNode(CpuSet free, int count) {
        return node.numaNodes().values().stream()
                .map(free::and)
                .filter(cpus -> cpus.size() >= count)
                .min(Comparator.comparingInt(CpuSet::size)
                        .thenComparing(cpus -> cpus.cpus().getFirst()));
    }

    private @Nullable Integer numaNodeOf(CpuSet cpus) {
        return node.numaNodes().entrySet().stream()
                .filter(each -> cpus.without(each.getValue()).size() == 0)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }
}
