package io.anemone.agent.vm;

import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainMark;
import io.anemone.core.hypervisor.DomainView;
import io.anemone.core.hypervisor.HypervisorException;
import io.anemone.core.wire.Inventory;
import io.anemone.core.wire.Remains;
import io.anemone.core.wire.Stray;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at what is on the node beside what the agent supervises. It changes nothing but files that are its own. */
public final class Stocktaking {

    private static final System.Logger LOG = System.getLogger(Stocktaking.class.getName());

    private final VmParts parts;
    private final LeaseSupervisor lease;

    public Stocktaking(VmParts parts, LeaseSupervisor lease) {
        this.parts = parts;
        this.lease = lease;
    }

    /** Takes as long as libvirt does. Empty while it cannot be told what is there. */
    public Optional<Inventory> take() {
        Set<DomainId> supervised = new HashSet<>(lease.known());
        try {
            List<DomainView> domains = parts.hypervisor().domains();
            // One that was begun meanwhile is no stray, nor one that was forgotten meanwhile.
            supervised.addAll(lease.known());
            List<DomainView> strays = domains.stream()
                    .filter(domain -> !supervised.contains(domain.mark().id()))
                    .sorted(Comparator.comparing(domain -> domain.mark().id().name()))
                    .toList();
            lease.sees(strays);
            return Optional.of(new Inventory(
                    strays.stream().map(Stocktaking::stray).toList(),
                    parts.files().remains().stream()
                            .map(id -> new Remains(id.vm(), id.attempt()))
                            .toList()));
        } catch (HypervisorException | IOException e) {
            LOG.log(Level.INFO, "not known what is on the node (job: " + parts.job() + "): " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Stray stray(DomainView domain) {
        DomainMark mark = domain.mark();
        return new Stray(mark.id().vm(), mark.id().attempt(), mark.lease(), mark.job());
    }
}
