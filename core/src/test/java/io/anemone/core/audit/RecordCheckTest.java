package io.anemone.core.audit;

import static io.anemone.core.audit.AuditFixtures.JUST_NOW;
import static io.anemone.core.audit.AuditFixtures.LONG_AGO;
import static io.anemone.core.audit.AuditFixtures.VM;
import static io.anemone.core.audit.AuditFixtures.broken;
import static io.anemone.core.audit.AuditFixtures.leaseId;
import static io.anemone.core.audit.AuditFixtures.records;
import static io.anemone.core.audit.AuditFixtures.violations;
import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.plan.Snapshot;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.StopReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordCheckTest {

    private static Facts effect(Instant since) {
        return records(new Facts.Records(
                List.of(new OverdueEffect(leaseId(1), "SUBMIT_JOB", since, 9)), List.of(), List.of(), List.of()));
    }

    private static Facts ended(Instant at) {
        return records(new Facts.Records(
                List.of(), List.of(), List.of(new UnprovenEnd(VM, leaseId(1), StopReason.LEASE_LOST, at)), List.of()));
    }

    @Test
    void effectThatIsNotSettled_isAViolationAfterItsBound() {
        assertThat(violations(effect(JUST_NOW))).isEmpty();
        assertThat(broken(effect(LONG_AGO))).containsExactly(Invariant.I4);
    }

    @Test
    void brokenHistory_isAViolationAtOnce() {
        Facts facts =
                records(new Facts.Records(List.of(), List.of(new BrokenHistory(Subject.of(VM))), List.of(), List.of()));

        assertThat(violations(facts)).singleElement().satisfies(violation -> {
            assertThat(violation.invariant()).isEqualTo(Invariant.I4);
            assertThat(violation.subjects()).containsExactly(Subject.of(VM));
        });
    }

    @Test
    void endOfAVmWhoseLeaseLives_isUnprovenAfterTheBound() {
        assertThat(violations(ended(JUST_NOW))).isEmpty();
        assertThat(broken(ended(LONG_AGO))).containsExactly(Invariant.I5);
    }

    @Test
    void filesThatStay_areLeftOver() {
        Snapshot empty = new Snapshot(List.of(), List.of(), List.of(), AuditFixtures.listing(true));
        Leftover files = new Leftover(new DomainId(VM, 1), leaseId(1), "n1", LONG_AGO);
        Facts facts = new Facts(empty, List.of(), List.of(files), List.of(), List.of(), AuditFixtures.SOUND);

        assertThat(violations(facts)).singleElement().satisfies(violation -> {
            assertThat(violation.invariant()).isEqualTo(Invariant.I9);
            assertThat(violation.healing()).isEqualTo(new Healing.CleanUp());
        });
    }

    @Test
    void whatWasSavedOfAVmThatIsOver_isLeftOverAfterADay() {
        assertThat(violations(kept(LONG_AGO))).isEmpty();
        assertThat(violations(kept(LONG_AGO.minus(Duration.ofDays(1)))))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.invariant()).isEqualTo(Invariant.I9);
                    assertThat(violation.subjects()).containsExactly(Subject.of(VM));
                    assertThat(violation.what()).contains("the account ada");
                });
    }

    private static Facts kept(Instant since) {
        KeptSave save = new KeptSave(VM, LaunchPath.SCHEDULED, "ada", since);
        return records(new Facts.Records(List.of(), List.of(), List.of(), List.of(save)));
    }
}
