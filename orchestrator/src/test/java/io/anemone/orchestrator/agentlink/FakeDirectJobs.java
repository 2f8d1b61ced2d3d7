package io.anemone.orchestrator.agentlink;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.scheduler.JobAnswer;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.wire.DirectClaim;
import io.anemone.testkit.scheduler.FakeScheduler;
import jakarta.enterprise.context.ApplicationScoped;

/** Takes {@code by:USER} for a credential. */
@ApplicationScoped
class FakeDirectJobs implements DirectJobs {

    private final FakeScheduler scheduler;

    FakeDirectJobs(FakeScheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public JobView verify(DirectClaim claim, String credential) {
        if (scheduler.job(claim.jobId()) instanceof JobAnswer.Known(JobView job)
                && credential.equals("by:" + job.owner())) {
            return job;
        }
        throw new AnemoneException(ErrorCode.CREDENTIAL_MISMATCH, "The credential belongs to somebody else.");
    }
}
