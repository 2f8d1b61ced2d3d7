package io.anemone.core.audit;

import static io.anemone.core.audit.AuditFixtures.JUST_NOW;
import static io.anemone.core.audit.AuditFixtures.LONG_AGO;
import static io.anemone.core.audit.AuditFixtures.NOW;
import static io.anemone.core.audit.AuditFixtures.active;
import static io.anemone.core.audit.AuditFixtures.broken;
import static io.anemone.core.audit.AuditFixtures.facts;
import static io.anemone.core.audit.AuditFixtures.job;
import static io.anemone.core.audit.AuditFixtures.lease;
import static io.anemone.core.audit.AuditFixtures.leaseId;
import static io.anemone.core.audit.AuditFixtures.listing;
import static io.anemone.core.audit.AuditFixtures.verdict;
import static io.anemone.core.audit.AuditFixtures.violations;
import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.plan.LeaseView;
import io.anemone.core.scheduler.JobListing;
import io.anemone.core.scheduler.JobView;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobCheckTest {

    private static final LeaseView LEASE = lease(1, active(1));
    private static final JobView ITS_JOB = job("1", leaseId(1), "anemone");

    private static Facts site(JobListing listing, LeaseFate... named) {
        return facts(List.of(), List.of(LEASE), listing, List.of(named));
    }

    @Test
    void leaseWithItsJob_isRight() {
        LeaseFate fate = new LeaseFate(leaseId(1), "anemone", "1", null);

        assertThat(violations(site(listing(true, ITS_JOB), fate))).isEmpty();
    }

    @Test
    void secondJobOfALease_isAViolation() {
        LeaseFate fate = new LeaseFate(leaseId(1), "anemone", "1", null);

        assertThat(violations(site(listing(true, ITS_JOB, job("2", leaseId(1), "anemone")), fate)))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.invariant()).isEqualTo(Invariant.I3);
                    assertThat(violation.subjects()).contains(Subject.job("2"));
                });
    }

    @Test
    void jobOfALeaseThatIsOver_isAViolationOnceANewerListingNamesIt() {
        JobListing listing = listing(true, ITS_JOB, job("8", leaseId(8), "ada"));

        assertThat(broken(site(listing, new LeaseFate(leaseId(8), "ada", "8", LONG_AGO))))
                .containsExactly(Invariant.I3);
        assertThat(broken(site(listing, new LeaseFate(leaseId(8), "ada", "8", NOW))))
                .isEmpty();
    }

    @Test
    void jobThatBacksALease_isNoStrayWhateverItsName() {
        JobListing listing = listing(true, job("1", leaseId(8), "anemone"));

        assertThat(broken(site(listing, new LeaseFate(leaseId(8), "anemone", "8", LONG_AGO))))
                .isEmpty();
    }

    @Test
    void jobThatSomebodyElseNamedAfterALease_isNotOurs() {
        JobListing listing = listing(true, ITS_JOB, job("8", leaseId(8), "mallory"));

        assertThat(violations(site(listing, new LeaseFate(leaseId(8), "ada", "7", LONG_AGO))))
                .isEmpty();
    }

    @Test
    void jobThatAListingLacks_isMissingOnlyWhenItStaysSo() {
        // Given
        Auditor auditor = new Auditor(AuditBounds.DEFAULT);
        Facts without = site(listing(true));
        assertThat(violations(auditor, without, NOW)).isEmpty();

        // When
        List<Violation> found = violations(auditor, without, NOW.plusSeconds(30));

        // Then
        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.invariant()).isEqualTo(Invariant.I3);
            assertThat(violation.since()).isEqualTo(NOW);
        });
    }

    @Test
    void jobThatCameBackMeanwhile_startsTheClockAnew() {
        Auditor auditor = new Auditor(AuditBounds.DEFAULT);
        violations(auditor, site(listing(true)), NOW);
        violations(auditor, site(listing(true, ITS_JOB)), NOW.plusSeconds(15));

        assertThat(violations(auditor, site(listing(true)), NOW.plusSeconds(30)))
                .isEmpty();
    }

    @Test
    void incompleteOrOlderListing_provesNoAbsence() {
        Auditor auditor = new Auditor(AuditBounds.DEFAULT);
        JobListing older = new JobListing(LONG_AGO, true, List.of());
        for (Facts facts : List.of(site(listing(false)), site(older))) {
            violations(auditor, facts, NOW);
            assertThat(violations(auditor, facts, NOW.plusSeconds(600))).isEmpty();
        }
    }

    @Test
    void noListing_leavesItOpenWhetherItHolds() {
        Facts facts = facts(List.of(), List.of(LEASE), null, List.of());

        assertThat(verdict(Invariant.I3, facts).holds()).isNull();
        assertThat(verdict(Invariant.I3, facts).unknown()).contains("scheduler");
    }

    @Test
    void leaseInSomebodyElsesJob_breaksTenancy() {
        Auditor auditor = new Auditor(AuditBounds.DEFAULT);
        Facts facts = site(listing(true, job("1", leaseId(1), "mallory")));
        violations(auditor, facts, JUST_NOW);

        assertThat(violations(auditor, facts, NOW.plusSeconds(30)))
                .singleElement()
                .satisfies(violation -> assertThat(violation.invariant()).isEqualTo(Invariant.I8));
    }
}
