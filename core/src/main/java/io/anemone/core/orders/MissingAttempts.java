package io.anemone.core.orders;

import io.anemone.core.plan.VmView;
import io.anemone.core.vm.VmState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds attempts that are gone without a word: their agent must know of them, and full reports of one connection say
 * twice, some time apart, that it does not. One report is not enough: it may have been written before the agent had
 * its last orders. That the agent is away says nothing. Not safe for use by several threads at once.
 */
public final class MissingAttempts {

    private static final Duration APART = Duration.ofSeconds(5);

    private final Map<AttemptId, Instant> firstMissed = new HashMap<>();

    /**
     * @param onLease  the VMs on the agent's lease
     * @param reported all that one full report told of
     * @return those whose attempt is gone for certain
     */
    public List<VmView> in(Collection<VmView> onLease, Set<AttemptId> reported, Instant now) {
        firstMissed.keySet().removeIf(reported::contains);
        return onLease.stream()
                .filter(vm -> mustBeKnown(vm.state()) && !reported.contains(AttemptId.of(vm)))
                .filter(vm -> {
                    Instant first = firstMissed.putIfAbsent(AttemptId.of(vm), now);
                    return first != null && !now.isBefore(first.plus(APART));
                })
                .toList();
    }

    /**
     * Whether an agent was once seen to have begun it: its note of that keeps it from beginning anew. One that is being
     * stopped may never have been begun, and the orders to do so may still be on their way; its agent, once it has read
     * the order to stop, says that it is over.
     */
    static boolean mustBeKnown(VmState state) {
        return switch (state) {
            case VmState.Booting s -> true;
            case VmState.Running s -> true;
            case VmState.Ready s -> true;
            case VmState.Suspending s -> true;
            case VmState.Stopping s -> false;
            case VmState.Placed s -> false;
            case VmState.Preparing s -> false;
            case VmState.Pending s -> false;
            case VmState.Queued s -> false;
            case VmState.Suspended s -> false;
            case VmState.Stopped s -> false;
            case VmState.Failed s -> false;
        };
    }
}
