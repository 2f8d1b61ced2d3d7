package io.anemone.core.vm;

import static io.anemone.core.vm.VmFixtures.LATER;
import static io.anemone.core.vm.VmFixtures.LEASE;
import static io.anemone.core.vm.VmFixtures.NODE_FAULT;
import static io.anemone.core.vm.VmFixtures.NOW;
import static io.anemone.core.vm.VmFixtures.SPEC_FAULT;
import static io.anemone.core.vm.VmFixtures.SSH;
import static io.anemone.core.vm.VmFixtures.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.lease.LeaseEnd;
import io.anemone.core.lease.ReleaseCause;
import io.anemone.core.wire.AgentExit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The way to SUSPENDED and back: what was saved is kept until the guest runs again, and nothing runs twice. */
class SuspensionTest {

    private static final VmSpec SCHEDULED = spec(LaunchPath.SCHEDULED);
    private static final Saved SAVED = new Saved(1);

    private static final LeaseEnd JOB_SAVED =
            new LeaseEnd(LeaseEnd.Cause.FAILED, AgentExit.SUSPENDED.code(), "The job ended.", null);

    private final VmMachine machine = new VmMachine(VmLimits.DEFAULT);

    @Test
    void suspendedAndResumed_goesOnAsTheNextAttempt() {
        // Given
        VmState state = new VmState.Ready(1, LEASE, SSH);

        // When
        VmStep.Moved suspending = moved(state, new VmEvent.SuspendRequested());
        VmStep.Moved suspended = moved(suspending.next(), new VmEvent.AttemptSuspended(1));
        VmStep.Moved resumed = moved(suspended.next(), new VmEvent.ResumeRequested());

        // Then
        assertThat(suspending.effects()).containsExactly(new VmEffect.SyncAgent(LEASE));
        assertThat(suspended.next())
                .isInstanceOfSatisfying(
                        VmState.Suspended.class, s -> assertThat(s.saved()).isEqualTo(SAVED));
        assertThat(suspended.effects())
                .containsExactly(
                        new VmEffect.SyncAgent(LEASE), new VmEffect.ReleaseLease(LEASE, ReleaseCause.SUSPENDED));
        assertThat(resumed.next()).isEqualTo(new VmState.Pending(2, NOW, SAVED));
    }

    @Test
    void staticVm_leavesThePoolItsLease() {
        VmStep.Moved step = moved(
                spec(LaunchPath.STATIC),
                new VmState.Suspending(1, LEASE, SSH, true, NOW, LATER),
                new VmEvent.AttemptSuspended(1));

        assertThat(step.effects()).containsExactly(new VmEffect.SyncAgent(LEASE));
    }

    @Test
    void couldNotBeSaved_runsOnAndIsWantedToRun() {
        // Given
        VmState suspending = new VmState.Suspending(1, LEASE, SSH, false, NOW, LATER);

        // When
        VmStep.Moved step = moved(suspending, new VmEvent.SuspendFailed(1, NOW, NODE_FAULT));

        // Then
        assertThat(step.next()).isEqualTo(new VmState.Running(1, LEASE, SSH));
        assertThat(step.effects()).containsExactly(new VmEffect.GoalGivenUp(Goal.RUN), new VmEffect.SyncAgent(LEASE));
        assertThat(step.note()).contains(NODE_FAULT.message());
    }

    @Test
    void answerToAnEarlierOrder_isNotTakenForTheAnswerToThisOne() {
        VmState suspending = new VmState.Suspending(1, LEASE, SSH, true, NOW, LATER);

        assertThat(machine.apply(
                        SCHEDULED, suspending, new VmEvent.SuspendFailed(1, NOW.minusSeconds(9), NODE_FAULT), NOW))
                .isInstanceOf(VmStep.Ignored.class);
    }

    @Test
    void orderIsNamedAsExactlyAsItIsKept() {
        VmStep.Moved step = moved(
                SCHEDULED,
                new VmState.Ready(1, LEASE, SSH),
                new VmEvent.SuspendRequested(),
                Instant.parse("2026-03-01T12:00:00.123456789Z"));

        assertThat(step.next())
                .isInstanceOfSatisfying(
                        VmState.Suspending.class,
                        s -> assertThat(s.askedAt()).isEqualTo(Instant.parse("2026-03-01T12:00:00.123Z")));
    }

    @Test
    void silentNode_isWaitedForAsLongAsItTakes() {
        VmStep.Moved step = moved(
                SCHEDULED,
                new VmState.Suspending(1, LEASE, SSH, true, NOW, LATER),
                new VmEvent.DeadlineExpired(),
                LATER);

        assertThat(step.next())
                .isEqualTo(new VmState.Suspending(1, LEASE, SSH, true, NOW, LATER.plus(VmLimits.DEFAULT.suspend())));
        assertThat(step.effects()).containsExactly(new VmEffect.SyncAgent(LEASE));
    }

    @Test
    void jobEndedWithTheWordThatItIsSaved_isSuspended() {
        VmStep.Moved step =
                moved(new VmState.Suspending(1, LEASE, SSH, true, NOW, LATER), new VmEvent.LeaseOver(LEASE, JOB_SAVED));

        assertThat(step.next().phase()).isEqualTo(Phase.SUSPENDED);
    }

    @Test
    void jobLostWhileItIsSaved_isOver() {
        VmStep.Moved step = moved(
                new VmState.Suspending(1, LEASE, SSH, true, NOW, LATER),
                new VmEvent.LeaseOver(LEASE, VmFixtures.end(LeaseEnd.Cause.NODE_LOST)));

        assertThat(step.next())
                .isInstanceOfSatisfying(
                        VmState.Stopped.class, s -> assertThat(s.reason()).isEqualTo(StopReason.LEASE_LOST));
    }

    @Test
    void directVm_isNotSuspended() {
        assertThat(machine.apply(
                        spec(LaunchPath.DIRECT), new VmState.Ready(1, LEASE, SSH), new VmEvent.SuspendRequested(), NOW))
                .isInstanceOf(VmStep.Ignored.class);
    }

    @Test
    void runsAgain_needsWhatWasSavedNoLonger() {
        VmStep.Moved step =
                moved(new VmState.Booting(2, LEASE, LATER, SAVED), new VmEvent.Progressed(2, Progress.RUNNING, SSH));

        assertThat(step.next()).isEqualTo(new VmState.Running(2, LEASE, SSH));
        assertThat(step.effects()).contains(new VmEffect.SyncAgent(LEASE));
    }

    @Test
    void nodeThatCannotResumeIt_isFollowedByAnother() {
        VmStep.Moved step =
                moved(new VmState.Booting(2, LEASE, LATER, SAVED), new VmEvent.AttemptFailed(2, NODE_FAULT));

        assertThat(step.next()).isEqualTo(new VmState.Pending(3, NOW.plus(Duration.ofSeconds(2)), SAVED));
    }

    @Test
    void triedOftenEnough_isSuspendedAsBeforeAndNotTriedWithoutEnd() {
        VmStep.Moved step =
                moved(new VmState.Booting(4, LEASE, LATER, SAVED), new VmEvent.AttemptFailed(4, NODE_FAULT));

        assertThat(step.next())
                .isInstanceOfSatisfying(
                        VmState.Suspended.class, s -> assertThat(s.saved()).isEqualTo(SAVED));
        assertThat(step.effects()).contains(new VmEffect.GoalGivenUp(Goal.SUSPEND));
    }

    @Test
    void attemptsBeforeTheSuspension_doNotCount() {
        VmStep.Moved step =
                moved(new VmState.Booting(8, LEASE, LATER, new Saved(7)), new VmEvent.AttemptFailed(8, NODE_FAULT));

        assertThat(step.next().phase()).isEqualTo(Phase.PENDING);
    }

    @TestFactory
    List<DynamicTest> savedWhileItStartsOrIsStopped_isSuspendedWithThatAndNotWithWhatItWentOnFrom() {
        return Stream.of(
                        new VmState.Booting(2, LEASE, LATER, SAVED),
                        new VmState.Stopping(2, LEASE, new Outcome.Retry(NODE_FAULT, SAVED), LATER),
                        new VmState.Stopping(2, LEASE, Outcomes.backTo(SAVED), LATER))
                .flatMap(state -> Stream.of(new VmEvent.AttemptSuspended(2), new VmEvent.LeaseOver(LEASE, JOB_SAVED))
                        .map(event -> DynamicTest.dynamicTest(
                                state + " × " + event,
                                () -> assertThat(moved(state, event).next())
                                        .isInstanceOfSatisfying(
                                                VmState.Suspended.class,
                                                s -> assertThat(s.saved()).isEqualTo(new Saved(2))))))
                .toList();
    }

    @TestFactory
    List<DynamicTest> whateverEndsTheAttempt_onlyItsOwnerGivesUpWhatWasSaved() {
        List<VmEvent> ends = List.of(
                new VmEvent.AttemptFailed(2, NODE_FAULT),
                new VmEvent.AttemptFailed(2, SPEC_FAULT),
                new VmEvent.LeaseOver(LEASE, VmFixtures.end(LeaseEnd.Cause.CANCELLED)),
                new VmEvent.LeaseOver(LEASE, VmFixtures.end(LeaseEnd.Cause.NODE_LOST)),
                new VmEvent.Refused(SPEC_FAULT),
                new VmEvent.SuspendRequested(),
                new VmEvent.DeadlineExpired());
        return VmFixtures.resuming(2, SAVED).stream()
                .filter(state -> !(state instanceof VmState.Suspended))
                .flatMap(state -> ends.stream()
                        .map(event -> DynamicTest.dynamicTest(state.phase() + " × " + event, () -> {
                            if (machine.apply(SCHEDULED, state, event, LATER) instanceof VmStep.Moved moved) {
                                assertThat(savedBy(moved.next())).isEqualTo(SAVED);
                            }
                        })))
                .toList();
    }

    @TestFactory
    List<DynamicTest> deletedOnItsWay_isOver() {
        VmEvent terminate = new VmEvent.TerminateRequested(StopReason.USER, "Its owner ended it.");
        return VmFixtures.resuming(2, SAVED).stream()
                .map(state -> DynamicTest.dynamicTest(
                        state.toString(),
                        () -> assertThat(moved(state, terminate).next())
                                .satisfiesAnyOf(
                                        next -> assertThat(next).isInstanceOf(VmState.Stopped.class),
                                        next -> assertThat(((VmState.Stopping) next).then())
                                                .isInstanceOf(Outcome.Stop.class))))
                .toList();
    }

    private static @Nullable Saved savedBy(VmState state) {
        return state instanceof VmState.Suspended suspended ? suspended.saved() : state.saved();
    }

    private VmStep.Moved moved(VmState state, VmEvent event) {
        return moved(SCHEDULED, state, event);
    }

    private VmStep.Moved moved(VmSpec spec, VmState state, VmEvent event) {
        return moved(spec, state, event, NOW);
    }

    private VmStep.Moved moved(VmSpec spec, VmState state, VmEvent event, Instant now) {
        VmStep step = machine.apply(spec, state, event, now);
        assertThat(step).isInstanceOf(VmStep.Moved.class);
        return (VmStep.Moved) step;
    }
}
