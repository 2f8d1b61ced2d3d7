package io.anemone.orchestrator.testing;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.scheduler.JobAnswer;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.scheduler.Scheduler;
import io.anemone.core.wire.DirectClaim;
import io.anemone.orchestrator.agentlink.DirectJobs;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;

/** Munge without munge: a credential is the name of the user who made it. */
@ApplicationScoped
@Alternative
@Priority(1)
class FakeDirectJobs implements DirectJobs {

    private final Scheduler scheduler;

    FakeDirectJobs(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public JobView verify(DirectClaim claim, String credential) {
        JobView job = switch (scheduler.job(claim.jobId(), credential)) {
            case JobAnswer.Known(JobView known) -> known;
            case JobAnswer.NoSuchJob none ->
                throw new AnemoneException(ErrorCode.JOB_NOT_FOUND, "There is no job " + claim.jobId() + ".");
        };
        if (!job.owner().equals(credential)) {
            throw new AnemoneException(ErrorCode.CREDENTIAL_MISMATCH, "The job belongs to " + job.owner() + ".");
        }
        if (job.state() != JobState.RUNNING) {
            throw new AnemoneException(ErrorCode.JOB_NOT_RUNNING, "The job is " + job.state() + ".");
        }
        if (!claim.node().equals(job.node())) {
            throw new AnemoneException(ErrorCode.JOB_NOT_ON_NODE, "The job runs on " + job.node() + ".");
        }
        return job;
    }
}
