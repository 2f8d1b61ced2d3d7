package io.anemone.agent.vm;

import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.vm.StopReason;
import io.anemone.core.wire.StopOrder;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether an attempt shall end, why and how soon: by an order, or because its time or its lease's is used up. */
final class Endings {

    static final Duration WALLTIME_GRACE = Duration.ofSeconds(10);

    private final DomainId id;
    private final VmParts parts;
    private volatile @Nullable Stop stop;
    private volatile @Nullable LeaseEnding leaseEnding;

    Endings(DomainId id, VmParts parts) {
        this.id = id;
        this.parts = parts;
    }

    /** Null while it may run on. */
    @Nullable
    Stop stop() {
        return stop;
    }

    void order(StopOrder order) {
        String message = sentence(order.reason()) + " " + parts.identity(id.vm());
        end(order.reason(), message, Duration.ofSeconds(order.graceSeconds()));
    }

    private static String sentence(StopReason reason) {
        return switch (reason) {
            case GUEST -> "The guest switched itself off";
            case USER -> "Ended on request of its owner";
            case WALLTIME -> "Its time is used up";
            case PREEMPTED -> "The scheduler took the node back";
            case LEASE_LOST -> "Its lease is over";
            case OPERATOR -> "Ended by an operator";
        };
    }

    void end(StopReason reason, String message, Duration grace) {
        end(new Stop(reason, message, parts.clock().instant().plus(grace), null));
    }

    synchronized void end(Stop fresh) {
        Stop earlier = stop;
        stop = earlier == null ? fresh : earlier.and(fresh);
    }

    void leaseEnds(LeaseEnding ending) {
        leaseEnding = ending;
    }

    /** @param endsAt when its own time is used up, or null */
    void look(@Nullable Instant endsAt, Instant now) {
        LeaseEnding ending = leaseEnding;
        if (stop != null) {
            return;
        }
        if (endsAt != null && !now.isBefore(endsAt)) {
            end(StopReason.WALLTIME, "The VM's walltime is used up " + parts.identity(id.vm()), WALLTIME_GRACE);
        } else if (ending != null && !now.isBefore(ending.stopAt())) {
            end(StopReason.WALLTIME, "The lease's time is used up " + parts.identity(id.vm()), ending.grace());
        }
    }
}
