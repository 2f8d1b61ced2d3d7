package io.anemone.core.plan;

import static io.anemone.core.plan.PlanFixtures.NOW;
import static io.anemone.core.plan.PlanFixtures.leaseId;
import static io.anemone.core.plan.PlanFixtures.vmId;
import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.vm.VmEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private static final Decision SUBMIT = new Decision.ForLease(leaseId(1), new LeaseEvent.SubmitDue());
    private static final Decision ASSIGNED = new Decision.ForVm(vmId(1), new VmEvent.Assigned(leaseId(1)));
    private static final List<Decision> PLAN = List.of(
            SUBMIT,
            new Decision.ForLease(leaseId(2), new LeaseEvent.DeadlineExpired()),
            ASSIGNED,
            new Decision.ForVm(vmId(2), new VmEvent.DeadlineExpired()));

    private final Patience patience = new Patience(NOW);

    @Test
    void beforeTheAgentsCouldReport_noDeadlineIsTaken_andAllElseIsDone() {
        assertThat(patience.hold(PLAN, NOW.minusMillis(1))).containsExactly(SUBMIT, ASSIGNED);
    }

    @Test
    void afterwards_thePlanIsWhole() {
        assertThat(patience.hold(PLAN, NOW)).isEqualTo(PLAN);
    }
}
