package io.anemone.core.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.plan.VmView;
import io.anemone.core.vm.Outcome;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmState;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MissingAttemptsTest {

    private static final LeaseId LEASE = new LeaseId(new UUID(1, 1));
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private final MissingAttempts missing = new MissingAttempts();
    private final VmView ready = Vms.in(new VmState.Ready(1, LEASE, null)).view();

    @Test
    void missingTwiceAndSomeTimeApart_isGone() {
        assertThat(missing.in(List.of(ready), Set.of(), T0)).isEmpty();
        assertThat(missing.in(List.of(ready), Set.of(), T0.plusSeconds(4))).isEmpty();
        assertThat(missing.in(List.of(ready), Set.of(), T0.plusSeconds(5))).containsExactly(ready);
    }

    @Test
    void seenInBetween_beginsAnew() {
        missing.in(List.of(ready), Set.of(), T0);
        missing.in(List.of(ready), Set.of(AttemptId.of(ready)), T0.plusSeconds(3));
        assertThat(missing.in(List.of(ready), Set.of(), T0.plusSeconds(6))).isEmpty();
    }

    @Test
    void whatTheAgentNeedNotKnowYet_isNotMissed() {
        // Given
        VmView placed = Vms.in(new VmState.Placed(1, LEASE, T0)).view();
        VmView preparing = Vms.in(new VmState.Preparing(1, LEASE, T0)).view();
        missing.in(List.of(placed, preparing), Set.of(), T0);

        // Then
        assertThat(missing.in(List.of(placed, preparing), Set.of(), T0.plusSeconds(60)))
                .isEmpty();
    }

    @Test
    void stoppingOneThatTheAgentDoesNotTellOf_isNotMissed() {
        // Given: it may have been placed only, and the orders to run it may be on their way
        VmView stopping = Vms.in(new VmState.Stopping(1, LEASE, new Outcome.Stop(StopReason.USER, "enough"), T0))
                .view();
        missing.in(List.of(stopping), Set.of(), T0);

        // Then
        assertThat(missing.in(List.of(stopping), Set.of(), T0.plusSeconds(10))).isEmpty();
    }
}
