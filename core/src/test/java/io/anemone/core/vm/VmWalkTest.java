package io.anemone.core.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.lease.LeaseEnd;
import io.anemone.core.lease.LeaseId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Whatever comes, in whatever order, however late or often: what a VM may never do. */
class VmWalkTest {

    private static final VmLimits LIMITS = VmLimits.DEFAULT;

    private final VmMachine machine = new VmMachine(LIMITS);

    record Tick(VmEvent event, int seconds) {}

    @Property
    void anyWalk_keepsWhatHoldsForEveryVm(@ForAll LaunchPath path, @ForAll("walks") List<Tick> walk) {
        VmSpec spec = VmFixtures.spec(path);
        VmState state = VmMachine.initial(VmFixtures.NOW);
        Instant now = VmFixtures.NOW;
        for (Tick tick : walk) {
            now = now.plusSeconds(tick.seconds());
            VmStep step = machine.apply(spec, state, tick.event(), now);
            if (step instanceof VmStep.Moved moved) {
                allowed(state, tick.event(), moved.next(), now);
                state = moved.next();
                wellFormed(state, now);
            }
        }
    }

    /** Two live domains of one VM would need an attempt to begin before the last is known to be over (I1). */
    private static void allowed(VmState from, VmEvent event, VmState to, Instant now) {
        assertThat(from.phase().terminal()).as("left %s by %s", from, event).isFalse();
        assertThat(to.attempt()).isBetween(from.attempt(), from.attempt() + 1);
        // Its owner may ask again as often as they like.
        if (to.attempt() > from.attempt() && !(event instanceof VmEvent.ResumeRequested)) {
            assertThat(Outcomes.tries(to.attempt(), savedBy(to)))
                    .as("%s by %s", from, event)
                    .isLessThanOrEqualTo(LIMITS.maxAttempts());
        }
        keepsWhatWasSaved(from, event, to);
        if (from instanceof VmState.OnLease left && !(to instanceof VmState.OnLease)) {
            assertThat(proves(left, event))
                    .as("%s left its lease by %s", from, event)
                    .isTrue();
        }
        if (from instanceof VmState.OnLease left && to instanceof VmState.OnLease arrived) {
            assertThat(arrived.lease()).isEqualTo(left.lease());
            if (!(event instanceof VmEvent.SuspendFailed)) {
                assertThat(arrived.phase()).isGreaterThanOrEqualTo(left.phase());
            }
        }
        if (event instanceof VmEvent.DeadlineExpired) {
            assertThat(from.deadline()).isNotNull().isBeforeOrEqualTo(now);
            assertThat(to.phase()).isIn(Phase.STOPPING, Phase.SUSPENDING);
        }
    }

    /**
     * What was acknowledged as suspended is there until the guest runs again or its owner ends it. An attempt that was
     * saved has run, heard of or not: what it saved takes the place of what it went on from.
     */
    private static void keepsWhatWasSaved(VmState from, VmEvent event, VmState to) {
        boolean savedAnew = event instanceof VmEvent.AttemptSuspended e && e.attempt() == from.attempt();
        Saved saved = savedAnew && to instanceof VmState.Suspended ? new Saved(from.attempt()) : savedBy(from);
        boolean runs = to instanceof VmState.Running || to instanceof VmState.Ready;
        if (saved != null && !runs && !endedByItsOwner(to)) {
            assertThat(savedBy(to)).as("%s by %s", from, event).isEqualTo(saved);
        }
    }

    private static boolean endedByItsOwner(VmState state) {
        return state instanceof VmState.Stopped
                || (state instanceof VmState.Stopping stopping && stopping.then() instanceof Outcome.Stop);
    }

    private static @Nullable Saved savedBy(VmState state) {
        return state instanceof VmState.Suspended suspended ? suspended.saved() : state.saved();
    }

    private static boolean proves(VmState.OnLease state, VmEvent event) {
        return switch (event) {
            case VmEvent.AttemptEnded e -> e.attempt() == state.attempt();
            case VmEvent.AttemptFailed e -> e.attempt() == state.attempt();
            case VmEvent.AttemptSuspended e -> e.attempt() == state.attempt();
            case VmEvent.LeaseOver e -> e.lease().equals(state.lease());
            case VmEvent.LeaseRequested e -> false;
            case VmEvent.Assigned e -> false;
            case VmEvent.Progressed e -> false;
            case VmEvent.TerminateRequested e -> false;
            case VmEvent.Refused e -> false;
            case VmEvent.SuspendRequested e -> false;
            case VmEvent.SuspendFailed e -> false;
            case VmEvent.ResumeRequested e -> false;
            case VmEvent.DeadlineExpired e -> false;
        };
    }

    /** I7: a phase that must pass has a deadline ahead of it, and somebody whose turn it is. */
    private static void wellFormed(VmState state, Instant now) {
        switch (state.phase()) {
            case PLACED, PREPARING, BOOTING, SUSPENDING, STOPPING -> {
                assertThat(state.deadline()).isNotNull();
                assertThat(state.lease()).isNotNull();
                assertThat(state.deadline())
                        .isBeforeOrEqualTo(now.plus(LIMITS.start()).plus(LIMITS.suspend()));
            }
            case QUEUED, RUNNING, READY -> assertThat(state.lease()).isNotNull();
            case PENDING, SUSPENDED, STOPPED, FAILED ->
                assertThat(state.lease()).isNull();
        }
    }

    @Provide
    Arbitrary<List<Tick>> walks() {
        Arbitrary<VmEvent> event = Combinators.combine(
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of(1, 2, 3),
                        Arbitraries.of(LeaseEnd.Cause.values()))
                .flatAs((attempt, lease, cause) ->
                        Arbitraries.of(events(attempt, new LeaseId(new UUID(7, lease)), cause)));
        return Combinators.combine(event, Arbitraries.of(0, 1, 30, 400))
                .as(Tick::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(80);
    }

    private static List<VmEvent> events(int attempt, LeaseId lease, LeaseEnd.Cause cause) {
        List<VmEvent> events = new ArrayList<>(VmFixtures.events(attempt));
        events.add(new VmEvent.LeaseRequested(lease));
        events.add(new VmEvent.Assigned(lease));
        events.add(new VmEvent.LeaseOver(lease, VmFixtures.end(cause)));
        // Forward moves again, so that walks come far and not only to an early end.
        for (Progress progress : Progress.values()) {
            events.add(new VmEvent.Progressed(attempt, progress, null));
        }
        return events;
    }
}
