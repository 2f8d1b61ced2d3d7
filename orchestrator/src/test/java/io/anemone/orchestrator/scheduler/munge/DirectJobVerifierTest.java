package io.anemone.orchestrator.scheduler.munge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.wire.DirectClaim;
import io.anemone.orchestrator.scheduler.munge.CredentialAnswer.Reason;
import io.anemone.orchestrator.scheduler.munge.CredentialAnswer.Refused;
import io.anemone.orchestrator.scheduler.munge.CredentialAnswer.Valid;
import io.anemone.testkit.scheduler.FakeScheduler;
import io.anemone.testkit.time.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DirectJobVerifierTest {

    private final FakeScheduler scheduler = new FakeScheduler(SettableClock.fixed());
    private final String job = scheduler.runsJobOf("batch", "n2", 2, 1024, Duration.ofHours(1));
    private final DirectClaim claim = new DirectClaim(job, "n2");

    @Test
    void ownRunningJob_isLetIn() {
        // When
        JobView view = verifying(madeBy("batch", claim)).verify(claim, "credential");

        // Then
        assertThat(view.id()).isEqualTo(job);
        assertThat(view.owner()).isEqualTo("batch");
        assertThat(view.cores()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void credentialThatMungeRefuses_isInvalid(Reason reason) {
        assertRefused(verifying(new Refused(reason)), claim, ErrorCode.CREDENTIAL_INVALID);
    }

    @Test
    void credentialMadeForAnotherJobOrNode_isInvalid() {
        assertRefused(verifying(madeBy("batch", new DirectClaim(job, "n1"))), claim, ErrorCode.CREDENTIAL_INVALID);
        assertRefused(verifying(madeBy("batch", new DirectClaim("999", "n2"))), claim, ErrorCode.CREDENTIAL_INVALID);
    }

    @Test
    void jobOfSomebodyElse_isAMismatchAndTellsNothingMoreOfIt() {
        // Given
        scheduler.completing(job);

        // Then
        assertRefused(verifying(madeBy("mallory", claim)), claim, ErrorCode.CREDENTIAL_MISMATCH);
    }

    @Test
    void unknownJob_isNotFound() {
        // Given
        DirectClaim unknown = new DirectClaim("999", "n2");

        // Then
        assertRefused(verifying(madeBy("batch", unknown)), unknown, ErrorCode.JOB_NOT_FOUND);
    }

    @Test
    void jobThatIsEndingOrOver_isNotRunning() {
        // Given
        scheduler.completing(job);

        // Then
        assertRefused(verifying(madeBy("batch", claim)), claim, ErrorCode.JOB_NOT_RUNNING);

        // Given
        scheduler.end(job, JobState.COMPLETED, 0);

        // Then
        assertRefused(verifying(madeBy("batch", claim)), claim, ErrorCode.JOB_NOT_RUNNING);
    }

    @Test
    void otherNode_isNotTheJobs() {
        // Given
        DirectClaim elsewhere = new DirectClaim(job, "n1");

        // Then
        assertRefused(verifying(madeBy("batch", elsewhere)), elsewhere, ErrorCode.JOB_NOT_ON_NODE);
    }

    @Test
    void schedulerDown_isUnavailableForNow() {
        // Given
        scheduler.isDown();

        // Then
        assertThatThrownBy(() -> verifying(madeBy("batch", claim)).verify(claim, "credential"))
                .isInstanceOfSatisfying(
                        AnemoneException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEDULER_UNAVAILABLE));
    }

    private DirectJobVerifier verifying(CredentialAnswer answer) {
        return new DirectJobVerifier(credential -> answer, scheduler);
    }

    private static CredentialAnswer madeBy(String user, DirectClaim claim) {
        return new Valid(61010, user, claim.payload());
    }

    private static void assertRefused(DirectJobVerifier verifier, DirectClaim claim, ErrorCode code) {
        assertThatThrownBy(() -> verifier.verify(claim, "credential"))
                .isInstanceOfSatisfying(AnemoneException.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e).hasMessageEndingWith("(job: " + claim.jobId() + ", node: " + claim.node() + ").");
                });
    }
}
