package io.anemone.orchestrator.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.lease.Grant;
import io.anemone.core.lease.LeaseEnd;
import io.anemone.core.lease.LeasePhase;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.lease.ReleaseCause;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LeaseStateColumnsTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final Grant GRANT = new Grant(4, 3840);
    private static final Failure FAILURE = new Failure(ErrorCode.SUBMIT_REJECTED, "no");

    static List<LeaseState> states() {
        return List.of(
                new LeaseState.Requested(),
                new LeaseState.Submitting(AT),
                new LeaseState.Queued("7"),
                new LeaseState.Starting("7", "n1", AT),
                new LeaseState.Active("7", "n1", AT, GRANT),
                new LeaseState.Draining("7", "n1", AT, GRANT),
                new LeaseState.Releasing("7", "n1", ReleaseCause.USER, AT),
                new LeaseState.Releasing(null, null, ReleaseCause.VM_OVER, AT),
                new LeaseState.Released("7", "n1", new LeaseEnd(LeaseEnd.Cause.COMPLETED, 0, "done", null)),
                new LeaseState.Released(null, null, LeaseEnd.of(LeaseEnd.Cause.RELEASED, "not submitted")),
                new LeaseState.Failed(LeaseEnd.failed(LeaseEnd.Cause.REFUSED, FAILURE)));
    }

    @ParameterizedTest
    @MethodSource("states")
    void stateWrittenOverEveryOther_comesBackAsItWas(LeaseState state) {
        for (LeaseState before : states()) {
            // Given
            LeaseStateColumns columns = new LeaseStateColumns();
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
        assertThat(states().stream().map(LeaseState::phase).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(LeasePhase.class));
    }

    @Test
    void releasing_keepsTheEndThatTheAgentIsToldOf() {
        // Given
        LeaseStateColumns columns = new LeaseStateColumns();
        columns.write(new LeaseState.Active("7", "n1", AT, GRANT));

        // When
        columns.write(new LeaseState.Releasing("7", "n1", ReleaseCause.OPERATOR, AT.plusSeconds(15)));

        // Then
        assertThat(columns.endsAt).isEqualTo(AT);
    }
}
