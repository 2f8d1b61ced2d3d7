package io.anemone.orchestrator.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.Outcome;
import io.anemone.core.vm.Phase;
import io.anemone.core.vm.Saved;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmState;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VmStateColumnsTest {

    private static final LeaseId LEASE = new LeaseId(new UUID(1, 2));
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final SshEndpoint SSH = new SshEndpoint("n1", 22_001);
    private static final Failure FAILURE = new Failure(ErrorCode.GUEST_CRASHED, "gone");

    private static final Saved SAVED = new Saved(1);

    static List<VmState> states() {
        return List.of(
                new VmState.Pending(1, AT),
                new VmState.Queued(2, LEASE),
                new VmState.Placed(3, LEASE, AT),
                new VmState.Preparing(1, LEASE, AT),
                new VmState.Booting(1, LEASE, AT),
                new VmState.Running(1, LEASE, SSH),
                new VmState.Running(1, LEASE, null),
                new VmState.Ready(1, LEASE, SSH),
                new VmState.Ready(1, LEASE, null),
                new VmState.Pending(2, AT, SAVED),
                new VmState.Queued(2, LEASE, SAVED),
                new VmState.Placed(2, LEASE, AT, SAVED),
                new VmState.Preparing(2, LEASE, AT, SAVED),
                new VmState.Booting(2, LEASE, AT, SAVED),
                new VmState.Suspending(1, LEASE, SSH, true, AT, AT),
                new VmState.Suspending(1, LEASE, null, false, AT, AT),
                new VmState.Suspended(3, SAVED, "saved"),
                new VmState.Stopping(2, LEASE, new Outcome.Retry(FAILURE, SAVED), AT),
                new VmState.Stopping(2, LEASE, new Outcome.Suspend(SAVED, "kept"), AT),
                new VmState.Stopping(1, LEASE, new Outcome.Stop(StopReason.USER, "enough"), AT),
                new VmState.Stopping(1, LEASE, new Outcome.Fail(FAILURE), AT),
                new VmState.Stopping(1, LEASE, new Outcome.Retry(FAILURE), AT),
                new VmState.Stopped(4, StopReason.WALLTIME, "time is up"),
                new VmState.Failed(2, FAILURE));
    }

    @ParameterizedTest
    @MethodSource("states")
    void stateWrittenOverEveryOther_comesBackAsItWas(VmState state) {
        for (VmState before : states()) {
            // Given
            VmStateColumns columns = new VmStateColumns();
            if (!before.phase().terminal()) {
                columns.write(before);
            }

            // When
            columns.write(state);

            // Then
            assertThat(columns.read()).isEqualTo(state);
        }
    }

    @Test
    void states_coverEveryPhase() {
        assertThat(states().stream().map(VmState::phase).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(Phase.class));
    }

    @Test
    void overVm_keepsItsLastLease() {
        // Given
        VmStateColumns columns = new VmStateColumns();
        columns.write(new VmState.Running(1, LEASE, null));

        // When
        columns.write(new VmState.Stopped(1, StopReason.GUEST, "off"));

        // Then
        assertThat(columns.leaseId).isEqualTo(LEASE.value());
    }

    @Test
    void pendingAgain_hasNoLease() {
        // Given
        VmStateColumns columns = new VmStateColumns();
        columns.write(new VmState.Booting(1, LEASE, AT));

        // When
        columns.write(new VmState.Pending(2, AT));

        // Then
        assertThat(columns.leaseId).isNull();
    }

    @Test
    void columnMissing_isSaid() {
        // Given
        VmStateColumns columns = new VmStateColumns();
        columns.phase = Phase.STOPPED;

        // Then
        assertThatThrownBy(columns::read).hasMessageContaining("STOPPED");
    }
}
