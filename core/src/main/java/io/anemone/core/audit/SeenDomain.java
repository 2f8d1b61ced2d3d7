package io.anemone.core.audit;

import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.lease.LeaseId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A domain that an agent told of, beside what is recorded of it.
 *
 * @param by         lease of the agent that sees it
 * @param node       node of that lease
 * @param marked     lease that the domain says it belongs to
 * @param since      when it was first told of
 * @param vm         null if no such VM was ever recorded
 * @param leaseOverAt when lease {@code marked} came to its end; null while it lives, or if there is no record of it
 */
public record SeenDomain(
        DomainId id,
        LeaseId by,
        String node,
        LeaseId marked,
        Instant since,
        @Nullable VmFate vm,
        @Nullable Instant leaseOverAt) {

    /** Since when it must not be there any more. Empty when nothing proves that. */
    Optional<Instant> strayFrom() {
        VmFate fate = vm;
        if (leaseOverAt != null) {
            return Optional.of(leaseOverAt);
        }
        if (fate == null) {
            return Optional.empty();
        }
        Instant overAt = fate.overAt();
        return overAt != null ? Optional.of(overAt) : elsewhere(fate) ? Optional.of(since) : Optional.empty();
    }

    private boolean elsewhere(VmFate fate) {
        boolean onAnotherLease = fate.lease() != null && !fate.lease().equals(marked);
        boolean onAnotherNode = fate.node() != null && !fate.node().equals(node);
        return fate.attempt() > id.attempt() || onAnotherLease || onAnotherNode;
    }
}
