package io.anemone.core.lease;

import static io.anemone.core.lease.LeaseFixtures.ENDS;
import static io.anemone.core.lease.LeaseFixtures.NOW;
import static io.anemone.core.lease.LeaseFixtures.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LeaseEndsTest {

    @ParameterizedTest
    @CsvSource({
        "COMPLETED, COMPLETED",
        "CANCELLED, CANCELLED",
        "FAILED, FAILED",
        "TIMEOUT, WALLTIME",
        "PREEMPTED, PREEMPTED",
        "NODE_FAIL, NODE_LOST"
    })
    void jobThatIsOver_saysHowTheLeaseEnded(JobState state, LeaseEnd.Cause cause) {
        LeaseEnd end = LeaseEnds.of(job("42", state));

        assertThat(end.cause()).isEqualTo(cause);
        assertThat(end.exitCode()).isEqualTo(0);
        assertThat(end.message()).endsWith("(job: 42, node: n1)");
    }

    @Test
    void jobThatNeverHadANode_namesNone() {
        JobView cancelled =
                new JobView("42", "name", "researcher", JobState.CANCELLED, "", null, 1, 512, NOW, null, ENDS, null);

        assertThat(LeaseEnds.of(cancelled).message()).isEqualTo("The job was cancelled (job: 42)");
    }

    @ParameterizedTest
    @EnumSource(names = {"PENDING", "RUNNING", "SUSPENDED", "COMPLETING"})
    void jobThatIsNotOver_hasNoEnd(JobState state) {
        assertThatThrownBy(() -> LeaseEnds.of(job("42", state)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("42");
    }

    @Test
    void forgottenJob_isTakenAsCancelled() {
        assertThat(LeaseEnds.forgotten("42").cause()).isEqualTo(LeaseEnd.Cause.CANCELLED);
    }
}
