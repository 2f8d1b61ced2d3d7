package io.anemone.core.vm;

import static io.anemone.core.vm.VmFixtures.LATER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every state × every event × every launch path, against one table that a person can read. */
class VmMachineTableTest {

    /** A dot: the event is ignored. The events' order is that of {@link VmFixtures#events}; all come at a deadline. */
    private static final String TABLE = """
            phase      | requested assigned preparing booting running ready  ended    failed   leaseOver terminate refused  suspend    saved     notSaved resume  deadline
            PENDING    | QUEUED/.  PLACED/. .         .       .       .      .        .        ./FAILED  STOPPED   FAILED   .          .         .        .       .
            QUEUED     | .         PLACED   .         .       .       .      .        .        PENDING   STOPPED   FAILED   .          .         .        .       .
            PLACED     | .         .        PREPARING BOOTING RUNNING READY  STOPPED  PENDING  PENDING   STOPPING  STOPPING .          SUSPENDED .        .       STOPPING
            PREPARING  | .         .        .         BOOTING RUNNING READY  STOPPED  PENDING  PENDING   STOPPING  STOPPING .          SUSPENDED .        .       STOPPING
            BOOTING    | .         .        .         .       RUNNING READY  STOPPED  PENDING  PENDING   STOPPING  STOPPING .          SUSPENDED .        .       STOPPING
            RUNNING    | .         .        .         .       .       READY  STOPPED  FAILED   STOPPED   STOPPING  STOPPING SUSPENDING SUSPENDED .        .       .
            READY      | .         .        .         .       .       .      STOPPED  FAILED   STOPPED   STOPPING  STOPPING SUSPENDING SUSPENDED .        .       .
            SUSPENDING | .         .        .         .       .       .      STOPPED  FAILED   STOPPED   STOPPING  STOPPING .          SUSPENDED READY    .       SUSPENDING
            SUSPENDED  | .         .        .         .       .       .      .        .        .         STOPPED   .        .          .         .        PENDING .
            STOPPING   | .         .        .         .       .       .      STOPPED  STOPPED  STOPPED   .         .        .          STOPPED   .        .       STOPPING
            STOPPED    | .         .        .         .       .       .      .        .        .         .         .        .          .         .        .       .
            FAILED     | .         .        .         .       .       .      .        .        .         .         .        .          .         .        .       .
            """;

    private final VmMachine machine = new VmMachine(VmLimits.DEFAULT);

    @TestFactory
    Stream<DynamicTest> everyStateAndEvent_goesWhereTheTableSays() {
        List<DynamicTest> tests = new ArrayList<>();
        Map<Phase, List<String>> table = table();
        for (LaunchPath path : LaunchPath.values()) {
            for (VmState state : VmFixtures.states(1)) {
                List<VmEvent> events = VmFixtures.events(1);
                List<String> row = requireNonNull(table.get(state.phase()));
                for (int i = 0; i < events.size(); i++) {
                    VmEvent event = events.get(i);
                    String expected = expected(path, state, event, row.get(i));
                    String name = path + " " + state.phase() + " × " + event + " → " + expected;
                    tests.add(DynamicTest.dynamicTest(
                            name, () -> assertThat(went(path, state, event)).isEqualTo(expected)));
                }
            }
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> everythingAboutAnotherAttempt_isIgnored() {
        return VmFixtures.states(2).stream()
                .flatMap(state -> VmFixtures.events(1).stream()
                        .filter(VmMachineTableTest::carriesItsAttempt)
                        .map(event -> DynamicTest.dynamicTest(
                                state.phase() + " × " + event,
                                () -> assertThat(went(LaunchPath.STATIC, state, event))
                                        .isEqualTo("."))));
    }

    private String went(LaunchPath path, VmState state, VmEvent event) {
        return switch (machine.apply(VmFixtures.spec(path), state, event, LATER)) {
            case VmStep.Moved moved -> moved.next().phase().name();
            case VmStep.Ignored ignored -> ".";
        };
    }

    /**
     * What differs by path: only a scheduled VM asks for a lease, and one that is still PENDING has none to be placed
     * on; a direct VM is bound to its job from the start, has no second lease to be tried on, and is never suspended.
     */
    private static String expected(LaunchPath path, VmState state, VmEvent event, String cell) {
        if (state instanceof VmState.Pending) {
            return switch (event) {
                case VmEvent.LeaseRequested e -> path == LaunchPath.SCHEDULED ? "QUEUED" : ".";
                case VmEvent.Assigned e -> path == LaunchPath.SCHEDULED ? "." : "PLACED";
                case VmEvent.LeaseOver e -> path == LaunchPath.DIRECT ? "FAILED" : ".";
                case VmEvent.TerminateRequested e -> cell;
                case VmEvent.Refused e -> cell;
                case VmEvent.SuspendRequested e -> cell;
                case VmEvent.AttemptSuspended e -> cell;
                case VmEvent.SuspendFailed e -> cell;
                case VmEvent.ResumeRequested e -> cell;
                case VmEvent.Progressed e -> cell;
                case VmEvent.AttemptEnded e -> cell;
                case VmEvent.AttemptFailed e -> cell;
                case VmEvent.DeadlineExpired e -> cell;
            };
        }
        if (path != LaunchPath.DIRECT) {
            return cell;
        }
        return switch (event) {
            case VmEvent.SuspendRequested e -> ".";
            case VmEvent.AttemptSuspended e -> cell.equals("SUSPENDED") ? "STOPPED" : cell;
            case VmEvent.ResumeRequested e -> cell;
            case VmEvent.SuspendFailed e -> cell;
            case VmEvent.LeaseRequested e -> cell;
            case VmEvent.Assigned e -> cell;
            case VmEvent.LeaseOver e -> noSecondLease(cell);
            case VmEvent.TerminateRequested e -> cell;
            case VmEvent.Refused e -> cell;
            case VmEvent.Progressed e -> cell;
            case VmEvent.AttemptEnded e -> cell;
            case VmEvent.AttemptFailed e -> noSecondLease(cell);
            case VmEvent.DeadlineExpired e -> cell;
        };
    }

    private static String noSecondLease(String cell) {
        return cell.equals("PENDING") ? "FAILED" : cell;
    }

    private static boolean carriesItsAttempt(VmEvent event) {
        return event instanceof VmEvent.Progressed
                || event instanceof VmEvent.AttemptEnded
                || event instanceof VmEvent.AttemptFailed
                || event instanceof VmEvent.AttemptSuspended
                || event instanceof VmEvent.SuspendFailed;
    }

    private static Map<Phase, List<String>> table() {
        Map<Phase, List<String>> rows = new EnumMap<>(Phase.class);
        TABLE.lines().skip(1).forEach(line -> {
            String[] sides = line.split("\\|", 2);
            rows.put(Phase.valueOf(sides[0].strip()), List.of(sides[1].strip().split("\\s+")));
        });
        return rows;
    }
}
