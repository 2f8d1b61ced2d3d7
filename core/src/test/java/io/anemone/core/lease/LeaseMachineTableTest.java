package io.anemone.core.lease;

import static io.anemone.core.lease.LeaseFixtures.JOB;
import static io.anemone.core.lease.LeaseFixtures.LATER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every state × every event, against one table that a person can read. */
class LeaseMachineTableTest {

    /** Rows in the order of {@link LeaseFixtures#states}, columns in that of its events; a dot: ignored. */
    private static final String TABLE = """
                           submitDue  submitted refused  seenPending seenRunning over     joined    drain    release   deadline
            REQUESTED      SUBMITTING .         .        .           .           .        .         .        RELEASED  .
            SUBMITTING     .          QUEUED    FAILED   QUEUED      QUEUED      RELEASED ACTIVE    .        RELEASING SUBMITTING
            QUEUED         .          .         .        .           STARTING    RELEASED ACTIVE    .        RELEASING .
            STARTING       .          .         .        .           .           RELEASED ACTIVE    .        RELEASING RELEASING
            ACTIVE         .          .         .        .           .           RELEASED .         DRAINING RELEASING .
            DRAINING       .          .         .        .           .           RELEASED .         .        RELEASING .
            RELEASING(?)   .          RELEASING RELEASED RELEASING   RELEASING   RELEASED RELEASING .        .         RELEASING
            RELEASING      .          .         .        .           .           RELEASED .         .        .         RELEASING
            RELEASED       .          .         .        .           .           .        .         .        .         .
            FAILED         .          .         .        .           .           .        .         .        .         .
            """;

    private final LeaseMachine machine = new LeaseMachine(LeaseLimits.DEFAULT);

    @TestFactory
    Stream<DynamicTest> everyStateAndEvent_goesWhereTheTableSays() {
        List<String> rows = TABLE.lines().skip(1).toList();
        List<LeaseState> states = LeaseFixtures.states();
        List<LeaseEvent> events = LeaseFixtures.events(JOB);
        return IntStream.range(0, states.size()).boxed().flatMap(row -> {
            String[] cells = rows.get(row).strip().split("\\s+");
            return IntStream.range(0, events.size())
                    .mapToObj(i -> DynamicTest.dynamicTest(
                            cells[0] + " × " + events.get(i) + " → " + cells[i + 1],
                            () -> assertThat(went(states.get(row), events.get(i)))
                                    .isEqualTo(cells[i + 1])));
        });
    }

    /** Once a job is known, nothing about another one moves the lease. */
    @TestFactory
    Stream<DynamicTest> everythingAboutAnotherJob_isIgnored() {
        List<LeaseEvent> others = LeaseFixtures.events("4711").stream()
                .filter(event -> event instanceof LeaseEvent.Submitted
                        || event instanceof LeaseEvent.JobSeen
                        || event instanceof LeaseEvent.JobOver
                        || event instanceof LeaseEvent.AgentJoined)
                .toList();
        return LeaseFixtures.states().stream()
                .filter(state -> state.jobId() != null)
                .flatMap(state -> others.stream()
                        .map(event -> DynamicTest.dynamicTest(
                                state.phase() + " × " + event,
                                () -> assertThat(went(state, event)).isEqualTo("."))));
    }

    private String went(LeaseState state, LeaseEvent event) {
        return switch (machine.apply(state, event, LATER)) {
            case LeaseStep.Moved moved -> moved.next().phase().name();
            case LeaseStep.Ignored ignored -> ".";
        };
    }
}
