package io.anemone.simulation;

import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.vm.VmSize;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Every domain that truly runs, on any node, whoever knows of it. */
final class Domains {

    /** @param run the job that it was started in */
    record Live(DomainId id, VmSize size, JobRun run) {}

    private final List<Live> live = new ArrayList<>();
    private final Set<DomainId> everStarted = new HashSet<>();
    private long version;

    void started(Live domain) {
        if (!everStarted.add(domain.id())) {
            throw new Violation("I1: attempt " + domain.id() + " is started a second time, in " + domain.run());
        }
        live.add(domain);
        version++;
    }

    void ended(DomainId id, JobRun run) {
        if (live.removeIf(domain -> domain.id().equals(id) && domain.run() == run)) {
            version++;
        }
    }

    List<Live> live() {
        return live;
    }

    List<Live> of(JobRun run) {
        return live.stream().filter(domain -> domain.run() == run).toList();
    }

    /** Changes with each change. */
    long version() {
        return version;
    }
}
