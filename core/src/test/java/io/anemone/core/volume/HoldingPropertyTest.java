package io.anemone.core.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.VmEvent;
import io.anemone.core.vm.VmFixtures;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmLimits;
import io.anemone.core.vm.VmMachine;
import io.anemone.core.vm.VmSpec;
import io.anemone.core.vm.VmState;
import io.anemone.core.vm.VmStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Many VMs want one volume, and any event may come to any of them at any time, or never. */
class HoldingPropertyTest {

    private static final int EVENTS = VmFixtures.events(1).size();

    /** A VM and what may still run of it: an attempt that an agent was told of, until somebody who knows says so. */
    private static final class Guest {
        private final VmId id;
        private final VmSpec spec;
        private VmState state = VmMachine.initial(VmFixtures.NOW);
        private boolean mayRun;

        Guest(int number, LaunchPath path) {
            this.id = new VmId(new UUID(1, number));
            this.spec = VmFixtures.spec(path);
        }

        void hear(VmEvent event, Instant now) {
            if (new VmMachine(VmLimits.DEFAULT).apply(spec, state, event, now) instanceof VmStep.Moved moved) {
                state = moved.next();
                mayRun |= state instanceof VmState.OnLease;
                mayRun &= !endsTheAttempt(event);
            }
        }

        /** The word of the agent that it is over, or of the scheduler that the job with all in it is. */
        private static boolean endsTheAttempt(VmEvent event) {
            return switch (event) {
                case VmEvent.AttemptEnded e -> true;
                case VmEvent.AttemptFailed e -> true;
                case VmEvent.LeaseOver e -> true;
                case VmEvent.AttemptSuspended e -> true;
                case VmEvent.SuspendFailed e -> false;
                case VmEvent.SuspendRequested e -> false;
                case VmEvent.ResumeRequested e -> false;
                case VmEvent.LeaseRequested e -> false;
                case VmEvent.Assigned e -> false;
                case VmEvent.Progressed e -> false;
                case VmEvent.TerminateRequested e -> false;
                case VmEvent.Refused e -> false;
                case VmEvent.DeadlineExpired e -> false;
            };
        }
    }

    /** The volume's row, read beside that of its holder. */
    private static Holding read(@Nullable Guest last, long generation) {
        return last == null ? Holding.NOBODY : new Holding(last.id, last.state.phase(), generation);
    }

    @Property(tries = 3000)
    void noTwoVmsCanHaveALiveAttemptWithIt(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 1000) Integer> happenings, @ForAll LaunchPath path) {
        List<Guest> guests = new ArrayList<>();
        Guest holder = null;
        long generation = 0;
        Fence fence = Fence.NONE;
        Instant now = VmFixtures.NOW;
        for (int happening : happenings) {
            now = now.plus(Duration.ofSeconds(happening));
            if (happening % 4 == 0) {
                // Somebody asks for a VM with the volume: taken, or refused and not made.
                Guest next = new Guest(guests.size(), path);
                Holding holding = read(holder, generation);
                Optional<VmId> refusedFor = holding.holder();
                if (refusedFor.isEmpty()) {
                    generation = holding.takenBy(next.id).generation();
                    guests.add(next);
                    holder = next;
                }
            } else if (!guests.isEmpty()) {
                Guest one = guests.get(happening / 7 % guests.size());
                List<VmEvent> events = VmFixtures.events(one.state.attempt());
                one.hear(events.get(happening % EVENTS), now);
            }
            assertThat(guests.stream().filter(guest -> guest.mayRun)).hasSizeLessThanOrEqualTo(1);
            if (holder != null && holder.mayRun) {
                Fence ours = new Fence(generation, holder.state.attempt());
                assertThat(fence.admits(ours)).isTrue();
                fence = ours;
            }
        }
    }
}
