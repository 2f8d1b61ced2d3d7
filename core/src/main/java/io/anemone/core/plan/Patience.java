package io.anemone.core.plan;

import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.vm.VmEvent;
import java.time.Instant;
import java.util.List;

/**
 * Holds deadlines back right after a start. A deadline may have run out while no orchestrator was there to hear that
 * its VM is READY long since: before the agents had the time to report, it says nothing.
 *
 * @param until when every agent that is alive has reported again
 */
public record Patience(Instant until) {

    /** The plan without the deadlines that come too early to be believed. */
    public List<Decision> hold(List<Decision> plan, Instant now) {
        return now.isBefore(until)
                ? plan.stream().filter(decision -> !isDeadline(decision)).toList()
                : plan;
    }

    private static boolean isDeadline(Decision decision) {
        return switch (decision) {
            case Decision.ForVm(var vm, var event) -> event instanceof VmEvent.DeadlineExpired;
            case Decision.ForLease(var lease, var event) -> event instanceof LeaseEvent.DeadlineExpired;
            case Decision.RequestLease request -> false;
            case Decision.RequestPoolLease request -> false;
            case Decision.Hold hold -> false;
            case Decision.ConfirmJob confirm -> false;
            case Decision.CancelStray cancel -> false;
        };
    }
}
