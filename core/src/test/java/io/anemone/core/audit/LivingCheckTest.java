package io.anemone.core.audit;

import static io.anemone.core.audit.AuditFixtures.LONG_AGO;
import static io.anemone.core.audit.AuditFixtures.NOW;
import static io.anemone.core.audit.AuditFixtures.VM;
import static io.anemone.core.audit.AuditFixtures.active;
import static io.anemone.core.audit.AuditFixtures.broken;
import static io.anemone.core.audit.AuditFixtures.lease;
import static io.anemone.core.audit.AuditFixtures.leaseId;
import static io.anemone.core.audit.AuditFixtures.living;
import static io.anemone.core.audit.AuditFixtures.violations;
import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.lease.LeaseState;
import io.anemone.core.lease.ReleaseCause;
import io.anemone.core.plan.VmView;
import io.anemone.core.vm.Goal;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.VmFixtures;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** I6, I7 and I8 of what lives. */
class LivingCheckTest {

    private static VmView vm(int n, LaunchPath path, VmState state) {
        return new VmView(new VmId(new UUID(1, n)), VmFixtures.spec(path, 1, 512), Goal.RUN, state);
    }

    private static VmState ready() {
        return new VmState.Ready(1, leaseId(1), VmFixtures.SSH);
    }

    private static VmState booting(Instant deadline) {
        return new VmState.Booting(1, leaseId(1), deadline);
    }

    @Test
    void leaseFilledToItsGrant_isRight() {
        assertThat(violations(living(
                        List.of(vm(1, LaunchPath.STATIC, ready()), vm(2, LaunchPath.STATIC, ready())),
                        List.of(lease(1, active(1))))))
                .isEmpty();
    }

    @Test
    void leaseBeyondItsGrant_isOversold() {
        List<VmView> three = List.of(
                vm(1, LaunchPath.STATIC, ready()),
                vm(2, LaunchPath.STATIC, ready()),
                vm(3, LaunchPath.STATIC, ready()));

        assertThat(violations(living(three, List.of(lease(1, active(1))))))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.invariant()).isEqualTo(Invariant.I6);
                    assertThat(violation.what()).contains("3 cores").contains("1920 MiB");
                });
    }

    @Test
    void vmPastItsDeadline_isStuckAfterTheBound() {
        assertThat(broken(living(
                        List.of(vm(1, LaunchPath.STATIC, booting(NOW.minusSeconds(29)))),
                        List.of(lease(1, active(1))))))
                .isEmpty();
        assertThat(broken(living(
                        List.of(vm(1, LaunchPath.STATIC, booting(NOW.minusSeconds(30)))),
                        List.of(lease(1, active(1))))))
                .containsExactly(Invariant.I7);
    }

    @Test
    void deleteThatNothingCarriesOut_isStuck() {
        // Given
        Auditor auditor = new Auditor(AuditBounds.DEFAULT);
        VmView unwanted = new VmView(VM, VmFixtures.spec(LaunchPath.STATIC), Goal.TERMINATE, ready());
        Facts facts = living(List.of(unwanted), List.of(lease(1, active(1))));
        assertThat(violations(auditor, facts, NOW)).isEmpty();

        // Then
        assertThat(violations(auditor, facts, NOW.plusSeconds(30)))
                .singleElement()
                .satisfies(violation -> assertThat(violation.invariant()).isEqualTo(Invariant.I7));
    }

    @Test
    void leaseThatOutlivesItsTime_isStuck() {
        LeaseState.Active late = new LeaseState.Active(
                "1", "n1", NOW.minusSeconds(120), active(1).grant());

        assertThat(broken(living(List.of(), List.of(lease(1, late))))).containsExactly(Invariant.I7);
    }

    @Test
    void requestedLeaseThatNobodySubmits_isStuck() {
        assertThat(broken(living(List.of(), List.of(lease(1, new LeaseState.Requested())))))
                .containsExactly(Invariant.I7);
    }

    @Test
    void releaseThatIsPastItsDeadline_isStuck() {
        LeaseState late = new LeaseState.Releasing("1", "n1", ReleaseCause.USER, LONG_AGO);

        assertThat(broken(living(List.of(), List.of(lease(1, late))))).containsExactly(Invariant.I7);
    }

    @Test
    void scheduledVmOnAPoolsLease_isNotWhereItBelongs() {
        assertThat(violations(living(List.of(vm(1, LaunchPath.SCHEDULED, ready())), List.of(lease(1, active(1))))))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.invariant()).isEqualTo(Invariant.I8);
                    assertThat(violation.healing()).isEqualTo(new Healing.Operator());
                });
    }
}
