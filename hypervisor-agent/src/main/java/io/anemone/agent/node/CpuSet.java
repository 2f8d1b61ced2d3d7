package io.anemone.agent.node;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Processors by their number, ascending.
 *
 * @param cpus none twice
 */
public record CpuSet(List<Integer> cpus) {

    public static final CpuSet NONE = new CpuSet(List.of());

    public CpuSet {
        cpus = List.copyOf(new TreeSet<>(cpus));
    }

    /** @param text a list as the kernel writes it, e.g. {@code 0-3,8}; see cpuset(7) */
    public static CpuSet parse(String text) {
        List<Integer> cpus = new ArrayList<>();
        for (String range : text.strip().split(",", -1)) {
            if (range.isBlank()) {
                continue;
            }
            int dash = range.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
            int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
            for (int cpu = first; cpu <= last; cpu++) {
                cpus.add(cpu);
            }
        }
        return new CpuSet(cpus);
    }

    public int size() {
        return cpus.size();
    }

    public CpuSet and(CpuSet other) {
        return new CpuSet(cpus.stream().filter(other.cpus::contains).toList());
    }

    public CpuSet without(CpuSet other) {
        return new CpuSet(cpus.stream().filter(cpu -> !other.cpus.contains(cpu)).toList());
    }

    public CpuSet first(int count) {
        return new CpuSet(cpus.subList(0, count));
    }
}
