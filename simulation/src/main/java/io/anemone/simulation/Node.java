package io.anemone.simulation;

import io.anemone.testkit.hypervisor.FakeHypervisor;

/** A node: its libvirt, which serves all pool jobs on it, and its clock. */
final class Node {

    static final int CORES = 4;
    static final int MEMORY_MIB = 4096;

    final String name;
    final PartyClock clock;
    private final SharedStorage storage;
    private FakeHypervisor hypervisor;
    private long downUntil;
    private long cutOffUntil;
    private long hypervisorDownUntil;

    Node(String name, PartyClock clock, SharedStorage storage) {
        this.name = name;
        this.clock = clock;
        this.storage = storage;
        this.hypervisor = new FakeHypervisor(storage.memory);
    }

    FakeHypervisor hypervisor() {
        return hypervisor;
    }

    void crashedUntil(long time) {
        downUntil = time;
        hypervisor = new FakeHypervisor(storage.memory);
    }

    boolean up(long now) {
        return now >= downUntil;
    }

    void cutOffUntil(long time) {
        cutOffUntil = time;
    }

    boolean reachable(long now) {
        return now >= cutOffUntil;
    }

    void hypervisorDownUntil(long time) {
        hypervisorDownUntil = time;
    }

    boolean hypervisorAnswers(long now) {
        return now >= hypervisorDownUntil;
    }
}
