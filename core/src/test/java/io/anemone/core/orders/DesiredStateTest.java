package io.anemone.core.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.image.ImageContent;
import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ImageFile;
import io.anemone.core.image.ImageNeeds;
import io.anemone.core.image.ImageTier;
import io.anemone.core.image.ReadinessProbe;
import io.anemone.core.lease.Grant;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.lease.ReleaseCause;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.Outcome;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmState;
import io.anemone.core.wire.DesiredVm;
import io.anemone.core.wire.OrchestratorMessage.Desired;
import io.anemone.core.wire.SaveOrder;
import io.anemone.core.wire.StopOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DesiredStateTest {

    private static final LeaseId LEASE = new LeaseId(new UUID(1, 1));
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant ENDS = NOW.plusSeconds(3600);
    private static final ImageDefinition MICRO = new ImageDefinition(
            "micro",
            1,
            "tiny",
            new ImageContent(new ImageFile("vmlinuz", "0".repeat(64), 1), null, "quiet", null, null, 0),
            "root",
            new ReadinessProbe(ReadinessProbe.Kind.SSH, Duration.ofSeconds(30)),
            new ImageNeeds(128, 0, ImageNeeds.Architecture.X86_64),
            ImageTier.GOLDEN);

    private static LeaseTerms lease(LeaseState state) {
        return new LeaseTerms(LEASE, state, Duration.ofHours(1), ENDS);
    }

    private static Desired desired(List<VmOnLease> vms, Set<AttemptId> reported, Set<AttemptId> strangers) {
        LeaseState active = new LeaseState.Active("7", "n1", ENDS, new Grant(4, 4096));
        return new DesiredState(lease(active), vms, Map.of("micro", MICRO), reported, strangers)
                .toMessage(9, Duration.ofSeconds(5), NOW);
    }

    @Test
    void placedVm_shallRun() {
        // Given
        VmOnLease vm = Vms.in(new VmState.Placed(2, LEASE, NOW));

        // When
        Desired desired = desired(List.of(vm), Set.of(), Set.of());

        // Then
        assertThat(desired.epoch()).isEqualTo(9);
        assertThat(desired.endsAt()).isEqualTo(ENDS);
        assertThat(desired.release()).isFalse();
        assertThat(desired.run()).singleElement().satisfies(run -> {
            assertThat(run.vm()).isEqualTo(vm.view().id());
            assertThat(run.attempt()).isEqualTo(2);
            assertThat(run.image()).isEqualTo(MICRO);
        });
    }

    @Test
    void diskToBeSaved_isAskedForOnlyOfOneThatRuns() {
        // Given
        SaveOrder save = new SaveOrder(new UUID(3, 3), "ada/mine@1", 1024);
        VmOnLease running = saving(new VmState.Running(1, LEASE, null), save);
        VmOnLease stillBooting = saving(new VmState.Booting(1, LEASE, NOW), save);

        // When
        Desired desired = desired(
                List.of(running, stillBooting),
                Set.of(AttemptId.of(running.view()), AttemptId.of(stillBooting.view())),
                Set.of());

        // Then
        assertThat(desired.run()).extracting(run -> run.asks().save()).containsExactly(save, null);
    }

    private static VmOnLease saving(VmState state, SaveOrder save) {
        return new VmOnLease(Vms.in(state).view(), Vms.STARTED, null, false, save);
    }

    @Test
    void queuedVm_isNotRunBeforeItIsPlaced() {
        // Given
        VmOnLease vm = Vms.of(LaunchPath.SCHEDULED, null, new VmState.Queued(1, LEASE));

        // Then
        assertThat(desired(List.of(vm), Set.of(), Set.of()).run()).isEmpty();
    }

    @Test
    void runningVmThatTheAgentDoesNotKnow_isNotRunAnew() {
        // Given
        VmOnLease vm = Vms.in(new VmState.Running(1, LEASE, null));

        // Then
        assertThat(desired(List.of(vm), Set.of(), Set.of()).run()).isEmpty();
        assertThat(desired(List.of(vm), Set.of(vm.attempt()), Set.of()).run()).hasSize(1);
    }

    @Test
    void stoppingVm_isStoppedWithItsReason_andWithoutGraceAfterAFailure() {
        // Given
        VmOnLease wanted = Vms.in(new VmState.Stopping(1, LEASE, new Outcome.Stop(StopReason.USER, "enough"), NOW));
        Failure failure = new Failure(ErrorCode.START_TIMED_OUT, "late");
        VmOnLease failed = Vms.in(new VmState.Stopping(1, LEASE, new Outcome.Retry(failure), NOW));

        // Then
        assertThat(desired(List.of(wanted, failed), Set.of(), Set.of()).stop())
                .containsExactly(
                        new StopOrder(wanted.view().id(), 1, StopReason.USER, 5),
                        new StopOrder(failed.view().id(), 1, StopReason.OPERATOR, 0));
    }

    @Test
    void attemptThatIsOverHere_isStoppedAtOnce() {
        AttemptId stranger = new AttemptId(new VmId(new UUID(5, 5)), 3);
        assertThat(desired(List.of(), Set.of(stranger), Set.of(stranger)).stop())
                .containsExactly(new StopOrder(stranger.vm(), 3, StopReason.LEASE_LOST, 0));
    }

    @Test
    void ownWalltime_countsFromWhenTheDomainRan_exceptWhereTheLeaseIsCutToIt() {
        // Given
        Duration hour = Duration.ofHours(1);
        VmState running = new VmState.Running(1, LEASE, null);
        VmOnLease pooled = Vms.of(LaunchPath.STATIC, hour, running);
        VmOnLease scheduled = Vms.of(LaunchPath.SCHEDULED, hour, running);

        // When
        List<DesiredVm> run = desired(
                        List.of(pooled, scheduled), Set.of(pooled.attempt(), scheduled.attempt()), Set.of())
                .run();

        // Then
        assertThat(run.getFirst().endsAt()).isEqualTo(Vms.STARTED.plus(hour));
        assertThat(run.getLast().endsAt()).isNull();
    }

    @Test
    void leaseThatIsGivenBack_isReleased() {
        LeaseState releasing = new LeaseState.Releasing("7", "n1", ReleaseCause.OPERATOR, NOW);
        Desired desired = new DesiredState(lease(releasing), List.of(), Map.of(), Set.of(), Set.of())
                .toMessage(1, Duration.ofSeconds(5), NOW);
        assertThat(desired.release()).isTrue();
        assertThat(desired.endsAt()).isEqualTo(ENDS);
    }

    @Test
    void imageThatIsGone_isNotOrdered() {
        VmOnLease vm = Vms.in(new VmState.Placed(1, LEASE, NOW));
        LeaseState active = new LeaseState.Active("7", "n1", ENDS, new Grant(4, 4096));
        assertThat(new DesiredState(lease(active), List.of(vm), Map.of(), Set.of(), Set.of())
                        .toMessage(1, Duration.ofSeconds(5), NOW)
                        .run())
                .isEmpty();
    }
}
