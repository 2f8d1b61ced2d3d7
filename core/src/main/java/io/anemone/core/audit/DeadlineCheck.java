package io.anemone.core.audit;

import io.anemone.core.lease.LeaseState;
import io.anemone.core.plan.LeaseView;
import io.anemone.core.plan.VmView;
import io.anemone.core.vm.Goal;
import io.anemone.core.vm.VmState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Phases that should have passed: I7. */
final class DeadlineCheck implements Check {

    private final AuditBounds bounds;

    DeadlineCheck(AuditBounds bounds) {
        this.bounds = bounds;
    }

    @Override
    public List<Suspicion> of(Facts facts, Instant now) {
        List<Suspicion> found = new ArrayList<>();
        for (VmView vm : facts.snapshot().vms()) {
            Subject subject = Subject.of(vm.id());
            past(subject, vm.state().phase(), vm.state().deadline(), bounds.deadline(), now, found);
            if (vm.goal() == Goal.TERMINATE
                    && !vm.state().phase().terminal()
                    && !(vm.state() instanceof VmState.Stopping)) {
                found.add(stuck(subject, "It shall end, and nothing ends it.", null, bounds.deadline()));
            }
        }
        for (LeaseView lease : facts.snapshot().leases()) {
            if (!lease.state().phase().terminal()) {
                of(lease, now, found);
            }
        }
        return found;
    }

    private void of(LeaseView lease, Instant now, List<Suspicion> found) {
        Subject subject = Subject.of(lease.id());
        LeaseState state = lease.state();
        past(subject, state.phase(), state.deadline(), bounds.deadline(), now, found);
        past(subject, state.phase(), state.endsAt(), bounds.walltime(), now, found);
        if (state instanceof LeaseState.Requested) {
            // It has no deadline of its own: the loop asks for its job at once.
            past(subject, state.phase(), lease.since(), bounds.deadline(), now, found);
        }
    }

    private static void past(
            Subject subject,
            Object phase,
            @Nullable Instant deadline,
            Duration bound,
            Instant now,
            List<Suspicion> found) {
        if (deadline != null && deadline.isBefore(now)) {
            found.add(stuck(subject, "It is still " + phase + ", past the time for that.", deadline, bound));
        }
    }

    private static Suspicion stuck(Subject subject, String what, @Nullable Instant since, Duration bound) {
        return new Suspicion(Invariant.I7, List.of(subject), what, since, bound, new Healing.TryAgain());
    }
}
