package io.anemone.core.vm;

import static io.anemone.core.vm.VmFixtures.LATER;
import static io.anemone.core.vm.VmFixtures.LEASE;
import static io.anemone.core.vm.VmFixtures.NODE_FAULT;
import static io.anemone.core.vm.VmFixtures.NOW;
import static io.anemone.core.vm.VmFixtures.OTHER_LEASE;
import static io.anemone.core.vm.VmFixtures.SPEC_FAULT;
import static io.anemone.core.vm.VmFixtures.SSH;
import static io.anemone.core.vm.VmFixtures.end;
import static io.anemone.core.vm.VmFixtures.spec;
import static io.anemone.core.vm.VmFixtures.state;
import static io.anemone.core.vm.VmFixtures.stopping;
import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.lease.LeaseEnd;
import io.anemone.core.lease.ReleaseCause;
import io.anemone.core.wire.AgentExit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VmMachineTest {

    private static final VmLimits LIMITS = new VmLimits(
            Duration.ofMinutes(5), Duration.ofSeconds(60), Duration.ofMinutes(10), 3, Duration.ofSeconds(2));
    private static final VmEvent TERMINATE = new VmEvent.TerminateRequested(StopReason.USER, "Its owner ended it.");
    private static final VmEvent DEADLINE = new VmEvent.DeadlineExpired();

    private final VmMachine machine = new VmMachine(LIMITS);

    // --- The way to READY

    @Test
    void scheduledVm_goesTheWholeWayToReady() {
        VmSpec spec = spec(LaunchPath.SCHEDULED);
        VmState state = VmMachine.initial(NOW);

        state = next(spec, state, new VmEvent.LeaseRequested(LEASE));
        state = next(spec, state, new VmEvent.Assigned(LEASE));
        state = next(spec, state, new VmEvent.Progressed(1, Progress.PREPARING, null));
        state = next(spec, state, new VmEvent.Progressed(1, Progress.BOOTING, null));
        state = next(spec, state, new VmEvent.Progressed(1, Progress.RUNNING, SSH));
        state = next(spec, state, new VmEvent.Progressed(1, Progress.READY, SSH));

        assertThat(state).isEqualTo(new VmState.Ready(1, LEASE, SSH));
    }

    @Test
    void placed_tellsTheAgent_andHasUntilTheStartLimit() {
        VmStep.Moved step = moved(spec(LaunchPath.STATIC), state(Phase.PENDING), new VmEvent.Assigned(LEASE), NOW);

        assertThat(step.next()).isEqualTo(new VmState.Placed(1, LEASE, NOW.plus(LIMITS.start())));
        assertThat(step.effects()).containsExactly(new VmEffect.SyncAgent(LEASE));
    }

    @Test
    void queued_isNotPlacedOnAnotherLease() {
        assertThat(ignored(spec(LaunchPath.SCHEDULED), state(Phase.QUEUED), new VmEvent.Assigned(OTHER_LEASE), NOW))
                .isEqualTo("another lease");
    }

    @Test
    void progress_keepsTheStartDeadline() {
        VmState placed = new VmState.Placed(1, LEASE, LATER);

        VmState preparing = next(spec(LaunchPath.STATIC), placed, new VmEvent.Progressed(1, Progress.PREPARING, null));
        VmState booting = next(spec(LaunchPath.STATIC), preparing, new VmEvent.Progressed(1, Progress.BOOTING, null));

        assertThat(preparing.deadline()).isEqualTo(LATER);
        assertThat(booting.deadline()).isEqualTo(LATER);
    }

    @Test
    void readyWithoutAnEndpoint_keepsTheKnownOne() {
        VmState ready =
                next(spec(LaunchPath.STATIC), state(Phase.RUNNING), new VmEvent.Progressed(1, Progress.READY, null));

        assertThat(ready).isEqualTo(new VmState.Ready(1, LEASE, SSH));
    }

    // --- Deadlines

    @ParameterizedTest
    @EnumSource(names = {"PLACED", "PREPARING", "BOOTING", "STOPPING"})
    void deadline_isNotTakenAMomentBeforeItsTime(Phase phase) {
        assertThat(ignored(spec(LaunchPath.STATIC), state(phase), DEADLINE, LATER.minusMillis(1)))
                .isEqualTo("no deadline has passed");
    }

    @ParameterizedTest
    @EnumSource(names = {"PLACED", "PREPARING", "BOOTING"})
    void startDeadline_stopsTheAttemptBeforeAnotherMayStart(Phase phase) {
        VmStep.Moved step = moved(spec(LaunchPath.STATIC), state(phase), DEADLINE, LATER);

        assertThat(step.next()).isInstanceOfSatisfying(VmState.Stopping.class, stopping -> {
            assertThat(stopping.then()).isInstanceOf(Outcome.Retry.class);
            assertThat(stopping.lease()).isEqualTo(LEASE);
            assertThat(stopping.deadline()).isEqualTo(LATER.plus(LIMITS.stop()));
        });
        assertThat(step.effects()).hasSize(2).first().isEqualTo(new VmEffect.SyncAgent(LEASE));
        assertThat(judgement(step)).isEqualTo(ErrorCode.START_TIMED_OUT);
        assertThat(step.note()).contains(phase.name());
    }

    @Test
    void stoppingPastItsDeadline_staysStopping_howeverOften() {
        VmSpec spec = spec(LaunchPath.STATIC);
        VmState state = state(Phase.STOPPING);
        Instant now = LATER;

        for (int i = 0; i < 100; i++) {
            VmStep.Moved step = moved(spec, state, DEADLINE, now);
            state = step.next();
            now = now.plus(LIMITS.stop());

            assertThat(state.phase()).isEqualTo(Phase.STOPPING);
            assertThat(state.deadline()).isEqualTo(now);
            assertThat(step.effects()).containsExactly(new VmEffect.SyncAgent(LEASE));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SCHEDULED", "DIRECT"})
    void stoppingPastItsDeadline_takesALeaseOfItsOwnWithIt(LaunchPath path) {
        VmStep.Moved step = moved(spec(path), state(Phase.STOPPING), DEADLINE, LATER);

        assertThat(step.effects())
                .containsExactly(new VmEffect.SyncAgent(LEASE), new VmEffect.ReleaseLease(LEASE, ReleaseCause.VM_OVER));
    }

    // --- Node faults and retries

    @Test
    void hostLostWhileBooting_startsOneNewAttempt() {
        // Given
        VmSpec spec = spec(LaunchPath.SCHEDULED);
        VmEvent lost = new VmEvent.LeaseOver(LEASE, end(LeaseEnd.Cause.NODE_LOST));

        // When
        VmState again = next(spec, state(Phase.BOOTING), lost);
        VmStep repeated = machine.apply(spec, again, lost, NOW);

        // Then
        assertThat(again).isEqualTo(new VmState.Pending(2, NOW.plus(LIMITS.retryDelay())));
        assertThat(repeated).isInstanceOf(VmStep.Ignored.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"RUNNING", "READY"})
    void hostLostWhileRunning_endsTheVm(Phase phase) {
        VmState over = next(
                spec(LaunchPath.SCHEDULED), state(phase), new VmEvent.LeaseOver(LEASE, end(LeaseEnd.Cause.NODE_LOST)));

        assertThat(over).isEqualTo(new VmState.Stopped(1, StopReason.LEASE_LOST, "The lease is over: NODE_LOST."));
    }

    @Test
    void nodeFaults_areRetriedWithGrowingDelay_upToTheLimit() {
        VmSpec spec = spec(LaunchPath.STATIC);

        VmState second = next(spec, booting(1), new VmEvent.AttemptFailed(1, NODE_FAULT));
        VmState third = next(spec, booting(2), new VmEvent.AttemptFailed(2, NODE_FAULT));
        VmState over = next(spec, booting(3), new VmEvent.AttemptFailed(3, NODE_FAULT));

        assertThat(second).isEqualTo(new VmState.Pending(2, NOW.plusSeconds(2)));
        assertThat(third).isEqualTo(new VmState.Pending(3, NOW.plusSeconds(4)));
        assertThat(over).isEqualTo(new VmState.Failed(3, NODE_FAULT));
    }

    @Test
    void retryDelay_doesNotOverflow() {
        assertThat(LIMITS.delayAfter(1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(LIMITS.delayAfter(1_000_000)).isEqualTo(Duration.ofSeconds(2048));
    }

    @Test
    void specFault_isNeverRetried() {
        VmState over = next(spec(LaunchPath.STATIC), booting(1), new VmEvent.AttemptFailed(1, SPEC_FAULT));

        assertThat(over).isEqualTo(new VmState.Failed(1, SPEC_FAULT));
    }

    @Test
    void nodeFaultOfADirectVm_isNeverRetried() {
        VmSpec spec = spec(LaunchPath.DIRECT);

        assertThat(next(spec, booting(1), new VmEvent.AttemptFailed(1, NODE_FAULT)))
                .isEqualTo(new VmState.Failed(1, NODE_FAULT));
        assertThat(moved(spec, booting(1), DEADLINE, LATER).next())
                .isInstanceOfSatisfying(
                        VmState.Stopping.class,
                        stopping -> assertThat(stopping.then()).isInstanceOf(Outcome.Fail.class));
    }

    @Test
    void guestThatRanAndCrashed_fails_andIsNotStartedAgain() {
        Failure crash = new Failure(ErrorCode.GUEST_CRASHED, "QEMU ended.");

        assertThat(next(spec(LaunchPath.STATIC), state(Phase.READY), new VmEvent.AttemptFailed(1, crash)))
                .isEqualTo(new VmState.Failed(1, crash));
    }

    @ParameterizedTest
    @EnumSource
    void agentThatNeverJoined_isTriedElsewhere_whateverTheLeaseSays(LeaseEnd.Cause cause) {
        Failure neverJoined = new Failure(ErrorCode.AGENT_NEVER_JOINED, "No agent reported.");
        VmEvent over = new VmEvent.LeaseOver(LEASE, new LeaseEnd(cause, null, "over", neverJoined));

        assertThat(next(spec(LaunchPath.SCHEDULED), state(Phase.QUEUED), over))
                .isEqualTo(new VmState.Pending(2, NOW.plusSeconds(2)));
    }

    @Test
    void refusedSubmit_failsTheVmWithTheSchedulersWords() {
        Failure refusal = new Failure(ErrorCode.SUBMIT_REJECTED, "Slurm refused the job: invalid account.");
        VmEvent over = new VmEvent.LeaseOver(LEASE, LeaseEnd.failed(LeaseEnd.Cause.REFUSED, refusal));

        assertThat(next(spec(LaunchPath.SCHEDULED), state(Phase.QUEUED), over))
                .isEqualTo(new VmState.Failed(1, refusal));
    }

    // --- Ends of leases

    @ParameterizedTest
    @CsvSource({
        "COMPLETED, LEASE_LOST",
        "RELEASED, OPERATOR",
        "CANCELLED, LEASE_LOST",
        "WALLTIME, WALLTIME",
        "PREEMPTED, PREEMPTED",
        "NODE_LOST, LEASE_LOST",
        "FAILED, LEASE_LOST"
    })
    void leaseOverWhileReady_saysWhy(LeaseEnd.Cause cause, StopReason reason) {
        for (LaunchPath path : LaunchPath.values()) {
            assertThat(next(spec(path), state(Phase.READY), new VmEvent.LeaseOver(LEASE, end(cause))))
                    .isEqualTo(new VmState.Stopped(1, reason, "The lease is over: " + cause + "."));
        }
    }

    @Test
    void jobThatEndedWithZeroWhileReady_meansTheGuestWentOff() {
        LeaseEnd end = new LeaseEnd(LeaseEnd.Cause.COMPLETED, 0, "The job came to its end.", null);

        assertThat(next(spec(LaunchPath.DIRECT), state(Phase.READY), new VmEvent.LeaseOver(LEASE, end)))
                .isEqualTo(new VmState.Stopped(1, StopReason.GUEST, "The job came to its end."));
    }

    @Test
    void agentsExitCode_tellsOfTheGuest_whenItsReportWasLost() {
        assertThat(next(spec(LaunchPath.SCHEDULED), state(Phase.READY), failedJob(AgentExit.VM_FAILED.code())))
                .isInstanceOfSatisfying(
                        VmState.Failed.class,
                        failed -> assertThat(failed.failure())
                                .extracting(Failure::code)
                                .isEqualTo(ErrorCode.GUEST_CRASHED));
        assertThat(next(spec(LaunchPath.SCHEDULED), state(Phase.READY), failedJob(AgentExit.LEASE_ENDED.code())))
                .isEqualTo(new VmState.Stopped(1, StopReason.WALLTIME, "The job failed."));
        assertThat(next(spec(LaunchPath.SCHEDULED), state(Phase.READY), failedJob(1)))
                .isEqualTo(new VmState.Stopped(1, StopReason.LEASE_LOST, "The job failed."));
    }

    private static VmEvent failedJob(int exitCode) {
        return new VmEvent.LeaseOver(LEASE, new LeaseEnd(LeaseEnd.Cause.FAILED, exitCode, "The job failed.", null));
    }

    @ParameterizedTest
    @CsvSource({"CANCELLED, LEASE_LOST", "WALLTIME, WALLTIME", "PREEMPTED, PREEMPTED", "RELEASED, OPERATOR"})
    void leaseOfItsOwnTakenAwayWhileBooting_endsTheVm(LeaseEnd.Cause cause, StopReason reason) {
        assertThat(next(spec(LaunchPath.SCHEDULED), state(Phase.BOOTING), new VmEvent.LeaseOver(LEASE, end(cause))))
                .isEqualTo(new VmState.Stopped(1, reason, "The lease is over: " + cause + "."));
    }

    /** A pool's lease is not the VM's: whoever took it away did not mean this VM, and the pool has others. */
    @ParameterizedTest
    @EnumSource(names = {"CANCELLED", "WALLTIME", "PREEMPTED", "RELEASED", "NODE_LOST"})
    void poolLeaseTakenAwayWhileBooting_triesAnother(LeaseEnd.Cause cause) {
        assertThat(next(spec(LaunchPath.STATIC), state(Phase.BOOTING), new VmEvent.LeaseOver(LEASE, end(cause))))
                .isEqualTo(new VmState.Pending(2, NOW.plusSeconds(2)));
    }

    @Test
    void anotherLeaseOver_changesNothing() {
        for (VmState state : VmFixtures.states(1)) {
            if (state instanceof VmState.Pending) {
                continue;
            }
            VmStep step = machine.apply(
                    spec(LaunchPath.SCHEDULED),
                    state,
                    new VmEvent.LeaseOver(OTHER_LEASE, end(LeaseEnd.Cause.CANCELLED)),
                    NOW);
            assertThat(step).as("%s", state.phase()).isInstanceOf(VmStep.Ignored.class);
        }
    }

    @Test
    void jobOfADirectVmOverBeforeItWasPlaced_endsTheVm() {
        VmSpec spec = spec(LaunchPath.DIRECT);

        assertThat(next(spec, state(Phase.PENDING), new VmEvent.LeaseOver(LEASE, end(LeaseEnd.Cause.CANCELLED))))
                .isEqualTo(new VmState.Stopped(1, StopReason.LEASE_LOST, "The lease is over: CANCELLED."));
    }

    // --- Ending on request

    @Test
    void terminateWhilePending_isOverAtOnce() {
        VmStep.Moved step = moved(spec(LaunchPath.STATIC), state(Phase.PENDING), TERMINATE, NOW);

        assertThat(step.next()).isEqualTo(new VmState.Stopped(1, StopReason.USER, "Its owner ended it."));
        assertThat(step.effects()).isEmpty();
    }

    @Test
    void terminateWhileQueued_isOverAtOnce_andGivesTheLeaseBack() {
        VmStep.Moved step = moved(spec(LaunchPath.SCHEDULED), state(Phase.QUEUED), TERMINATE, NOW);

        assertThat(step.next().phase()).isEqualTo(Phase.STOPPED);
        assertThat(step.effects()).containsExactly(new VmEffect.ReleaseLease(LEASE, ReleaseCause.USER));
    }

    @ParameterizedTest
    @EnumSource(names = {"PLACED", "PREPARING", "BOOTING", "RUNNING", "READY"})
    void terminateOnALease_waitsForTheAgentsWord(Phase phase) {
        VmStep.Moved step = moved(spec(LaunchPath.STATIC), state(phase), TERMINATE, NOW);

        assertThat(step.next())
                .isEqualTo(new VmState.Stopping(
                        1, LEASE, new Outcome.Stop(StopReason.USER, "Its owner ended it."), NOW.plus(LIMITS.stop())));
        assertThat(step.effects()).containsExactly(new VmEffect.SyncAgent(LEASE));
    }

    @Test
    void terminateWhileStoppingForARetry_cancelsTheRetry() {
        VmState next = next(spec(LaunchPath.STATIC), stopping(1, new Outcome.Retry(NODE_FAULT)), TERMINATE);

        assertThat(next)
                .isInstanceOfSatisfying(
                        VmState.Stopping.class,
                        stopping -> assertThat(stopping.then())
                                .isEqualTo(new Outcome.Stop(StopReason.USER, "Its owner ended it.")));
    }

    @Test
    void terminate_isLegalInEveryPhase() {
        for (LaunchPath path : LaunchPath.values()) {
            for (VmState state : VmFixtures.states(1)) {
                VmStep step = machine.apply(spec(path), state, TERMINATE, NOW);
                Phase phase = step instanceof VmStep.Moved moved ? moved.next().phase() : state.phase();
                assertThat(phase).isIn(Phase.STOPPED, Phase.STOPPING, Phase.FAILED);
            }
        }
    }

    @Test
    void stopping_endsAsWasDecided_whateverTheAgentSaysOfTheEnd() {
        VmState stopping = stopping(2, new Outcome.Retry(NODE_FAULT));
        VmSpec spec = spec(LaunchPath.STATIC);

        assertThat(next(spec, stopping, new VmEvent.AttemptEnded(2, StopReason.USER, "ended")))
                .isEqualTo(new VmState.Pending(3, NOW.plusSeconds(4)));
        assertThat(next(spec, stopping, new VmEvent.AttemptFailed(2, SPEC_FAULT)))
                .isEqualTo(new VmState.Pending(3, NOW.plusSeconds(4)));
        assertThat(next(spec, stopping, new VmEvent.LeaseOver(LEASE, end(LeaseEnd.Cause.CANCELLED))))
                .isEqualTo(new VmState.Pending(3, NOW.plusSeconds(4)));
    }

    // --- Effects of the end

    @ParameterizedTest
    @EnumSource(names = {"SCHEDULED", "DIRECT"})
    void guestOff_givesALeaseOfItsOwnBack(LaunchPath path) {
        assertThat(endEffects(path))
                .containsExactly(new VmEffect.SyncAgent(LEASE), new VmEffect.ReleaseLease(LEASE, ReleaseCause.VM_OVER));
    }

    @Test
    void guestOff_leavesThePoolLeaseAlone() {
        assertThat(endEffects(LaunchPath.STATIC)).containsExactly(new VmEffect.SyncAgent(LEASE));
    }

    @Test
    void failedAttempt_givesItsLeaseBack_andSaysThatItFailed() {
        VmStep.Moved step =
                moved(spec(LaunchPath.SCHEDULED), state(Phase.BOOTING), new VmEvent.AttemptFailed(1, NODE_FAULT), NOW);

        assertThat(step.effects())
                .containsExactly(
                        new VmEffect.SyncAgent(LEASE),
                        new VmEffect.ReleaseLease(LEASE, ReleaseCause.ATTEMPT_FAILED),
                        new VmEffect.StartJudged(1, LEASE, NODE_FAULT));
        assertThat(step.note()).contains("attempt 1 failed").contains(NODE_FAULT.message());
    }

    // --- What a start says of its node, image and partition

    @Test
    void start_isJudgedGoodWhenTheGuestRuns_andOnlyOnce() {
        VmSpec spec = spec(LaunchPath.STATIC);
        VmStep.Moved ran = moved(spec, state(Phase.BOOTING), new VmEvent.Progressed(1, Progress.RUNNING, SSH), NOW);

        assertThat(ran.effects()).containsExactly(new VmEffect.StartJudged(1, LEASE, null));
        assertThat(moved(spec, ran.next(), new VmEvent.Progressed(1, Progress.READY, SSH), NOW)
                        .effects())
                .isEmpty();
        assertThat(moved(spec, ran.next(), new VmEvent.AttemptFailed(1, NODE_FAULT), NOW)
                        .effects())
                .doesNotHaveAnyElementsOfTypes(VmEffect.StartJudged.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"QUEUED", "PLACED", "PREPARING", "BOOTING"})
    void leaseThatFailedBeforeTheGuestRan_isHeldAgainstItsNode(Phase phase) {
        VmEvent lost = new VmEvent.LeaseOver(LEASE, LeaseEnd.of(LeaseEnd.Cause.NODE_LOST, "The node failed."));

        assertThat(judgement(moved(spec(LaunchPath.SCHEDULED), state(phase), lost, NOW)))
                .isEqualTo(ErrorCode.JOB_ENDED_EARLY);
    }

    @Test
    void endThatSomebodyWanted_orASpecsFault_saysNothingOfTheNode() {
        VmEvent cancelled = new VmEvent.LeaseOver(LEASE, LeaseEnd.of(LeaseEnd.Cause.CANCELLED, "Cancelled."));
        VmEvent spec = new VmEvent.AttemptFailed(1, new Failure(ErrorCode.SPEC_REJECTED, "No such machine type."));
        for (LaunchPath path : LaunchPath.values()) {
            for (VmEvent event : List.of(cancelled, spec)) {
                assertThat(moved(spec(path), state(Phase.BOOTING), event, NOW).effects())
                        .doesNotHaveAnyElementsOfTypes(VmEffect.StartJudged.class);
            }
        }
    }

    private static @Nullable ErrorCode judgement(VmStep.Moved step) {
        List<VmEffect.StartJudged> judged = step.effects().stream()
                .filter(VmEffect.StartJudged.class::isInstance)
                .map(VmEffect.StartJudged.class::cast)
                .toList();
        assertThat(judged).hasSize(1);
        Failure failure = judged.getFirst().failure();
        return failure == null ? null : failure.code();
    }

    private List<VmEffect> endEffects(LaunchPath path) {
        VmEvent off = new VmEvent.AttemptEnded(1, StopReason.GUEST, "The guest switched itself off.");
        VmStep.Moved step = moved(spec(path), state(Phase.READY), off, NOW);
        assertThat(step.next()).isEqualTo(new VmState.Stopped(1, StopReason.GUEST, "The guest switched itself off."));
        return step.effects();
    }

    private static VmState booting(int attempt) {
        return new VmState.Booting(attempt, LEASE, LATER);
    }

    private VmState next(VmSpec spec, VmState state, VmEvent event) {
        return moved(spec, state, event, NOW).next();
    }

    private VmStep.Moved moved(VmSpec spec, VmState state, VmEvent event, Instant now) {
        VmStep step = machine.apply(spec, state, event, now);
        assertThat(step).isInstanceOf(VmStep.Moved.class);
        return (VmStep.Moved) step;
    }

    private String ignored(VmSpec spec, VmState state, VmEvent event, Instant now) {
        VmStep step = machine.apply(spec, state, event, now);
        assertThat(step).isInstanceOf(VmStep.Ignored.class);
        return ((VmStep.Ignored) step).why();
    }
}
