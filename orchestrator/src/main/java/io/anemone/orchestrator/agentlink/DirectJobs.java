package io.anemone.orchestrator.agentlink;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.wire.DirectClaim;

/** Proves that an agent runs in a job of its user's own. */
@FunctionalInterface
public interface DirectJobs {

    /**
     * @param claim      the job and node that the agent says it is in
     * @param credential what its user made over the claim
     * @return the job, which runs on that node and belongs to the credential's user
     * @throws AnemoneException with the code of what does not hold
     */
    JobView verify(DirectClaim claim, String credential);
}
