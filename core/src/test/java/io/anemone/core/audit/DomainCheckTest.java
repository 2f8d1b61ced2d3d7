package io.anemone.core.audit;

import static io.anemone.core.audit.AuditFixtures.JUST_NOW;
import static io.anemone.core.audit.AuditFixtures.LONG_AGO;
import static io.anemone.core.audit.AuditFixtures.NOW;
import static io.anemone.core.audit.AuditFixtures.VM;
import static io.anemone.core.audit.AuditFixtures.alive;
import static io.anemone.core.audit.AuditFixtures.broken;
import static io.anemone.core.audit.AuditFixtures.domain;
import static io.anemone.core.audit.AuditFixtures.domains;
import static io.anemone.core.audit.AuditFixtures.leaseId;
import static io.anemone.core.audit.AuditFixtures.over;
import static io.anemone.core.audit.AuditFixtures.verdict;
import static io.anemone.core.audit.AuditFixtures.violations;
import static io.anemone.core.audit.AuditFixtures.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.hypervisor.DomainId;
import java.util.List;
import org.junit.jupiter.api.Test;

class DomainCheckTest {

    @Test
    void domainOfALiveVmOnItsLease_isRight() {
        assertThat(violations(domains(domain(1, 1, 1, LONG_AGO, alive(1, 1))))).isEmpty();
    }

    @Test
    void domainSeenByTwoAgentsOfItsNode_isOne() {
        SeenDomain supervised = domain(1, 1, 1, LONG_AGO, alive(1, 1));
        SeenDomain alsoSeen =
                new SeenDomain(supervised.id(), leaseId(2), "n1", leaseId(1), LONG_AGO, alive(1, 1), null);

        assertThat(violations(domains(supervised, alsoSeen))).isEmpty();
    }

    @Test
    void domainOfAnOldEnd_isAViolationAtOnce_endedByTheAgentThatSeesIt() {
        List<Violation> found = violations(domains(domain(1, 2, 1, JUST_NOW, over(LONG_AGO))));

        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.invariant()).isEqualTo(Invariant.I2);
            assertThat(violation.since()).isEqualTo(LONG_AGO);
            assertThat(violation.healing()).isEqualTo(new Healing.EndDomain(leaseId(2), new DomainId(VM, 1)));
            assertThat(violation.subjects())
                    .contains(new Subject(Subject.Kind.VM, VM.toString()), new Subject(Subject.Kind.NODE, "n2"));
        });
    }

    @Test
    void domainOfAYoungEnd_isNoneForItsBound() {
        assertThat(violations(domains(domain(1, 1, 1, LONG_AGO, over(NOW.minusSeconds(4))))))
                .isEmpty();
        assertThat(broken(domains(domain(1, 1, 1, LONG_AGO, over(NOW.minusSeconds(5))))))
                .containsExactly(Invariant.I2);
    }

    @Test
    void domainOfAnUnknownVm_isShownAndLeftAlone() {
        assertThat(violations(domains(domain(1, 1, 1, LONG_AGO, null))))
                .singleElement()
                .satisfies(violation -> assertThat(violation.healing()).isEqualTo(new Healing.Operator()));
    }

    @Test
    void domainOfAnUnknownVmWhoseLeaseIsOver_isEnded() {
        SeenDomain seen = new SeenDomain(new DomainId(VM, 1), leaseId(2), "n2", leaseId(1), LONG_AGO, null, LONG_AGO);

        assertThat(violations(domains(seen)))
                .singleElement()
                .satisfies(violation -> assertThat(violation.healing()).isInstanceOf(Healing.EndDomain.class));
    }

    @Test
    void domainOfAVmWithoutALease_isLeftAlone() {
        // Given a record that knows of no placement: it proves neither that the domain is right nor that it is not
        VmFate waiting = new VmFate(1, null, null, null);

        assertThat(violations(domains(domain(1, 1, 1, LONG_AGO, waiting)))).isEmpty();
    }

    @Test
    void twoAttempts_areTwoDomains_andTheOlderIsEnded() {
        Facts facts = domains(
                domain(2, 2, 2, NOW.minusSeconds(3), alive(2, 2)), domain(1, 1, 1, NOW.minusSeconds(4), alive(2, 2)));

        assertThat(violations(facts)).singleElement().satisfies(violation -> {
            assertThat(violation.invariant()).isEqualTo(Invariant.I1);
            assertThat(violation.since()).isEqualTo(NOW.minusSeconds(3));
            assertThat(violation.healing()).isEqualTo(new Healing.EndDomain(leaseId(1), new DomainId(VM, 1)));
        });
    }

    @Test
    void sameAttemptOnAnotherNode_isTwoDomains_andTheOneAwayFromItsLeaseIsEnded() {
        Facts facts = domains(domain(1, 1, 1, LONG_AGO, alive(1, 1)), domain(1, 2, 1, LONG_AGO, alive(1, 1)));

        assertThat(broken(facts)).containsExactly(Invariant.I1, Invariant.I2);
        assertThat(violations(facts))
                .allSatisfy(violation -> assertThat(violation.healing())
                        .isEqualTo(new Healing.EndDomain(leaseId(2), new DomainId(VM, 1))));
    }

    @Test
    void agentThatCannotTell_leavesItOpenWhetherItHolds() {
        Facts facts = with(List.of(), List.of(leaseId(1)));

        assertThat(verdict(Invariant.I1, facts).holds()).isNull();
        assertThat(verdict(Invariant.I2, facts).holds()).isNull();
        assertThat(verdict(Invariant.I9, facts).unknown()).contains("1 lease");
        assertThat(verdict(Invariant.I6, facts).holds()).isTrue();
    }
}
