package io.anemone.core.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.plan.VmView;
import io.anemone.core.vm.VmState;
import io.anemone.core.wire.AgentPhase;
import io.anemone.core.wire.VmReport;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StrangersTest {

    private final VmView vm = Vms.in(new VmState.Placed(2, new LeaseId(new UUID(1, 1)), Instant.EPOCH))
            .view();

    private VmReport report(int attempt, AgentPhase phase) {
        return new VmReport(vm.id(), attempt, phase, null, null, null, null, null, "", List.of(), false, null);
    }

    @Test
    void attemptOnTheLease_isNone() {
        assertThat(Strangers.among(List.of(report(2, AgentPhase.RUNNING)), List.of(vm), id -> true))
                .isEmpty();
    }

    @Test
    void earlierAttempt_isOneUntilItEnded() {
        assertThat(Strangers.among(List.of(report(1, AgentPhase.RUNNING)), List.of(vm), id -> true))
                .containsExactly(new AttemptId(vm.id(), 1));
        assertThat(Strangers.among(List.of(report(1, AgentPhase.ENDED)), List.of(vm), id -> true))
                .isEmpty();
    }

    @Test
    void vmWithoutARecord_isLeftAlone() {
        assertThat(Strangers.among(List.of(report(1, AgentPhase.RUNNING)), List.of(), id -> false))
                .isEmpty();
    }
}
