package io.anemone.orchestrator.scheduler.munge;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.scheduler.JobAnswer;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.scheduler.Scheduler;
import io.anemone.core.wire.DirectClaim;
import io.anemone.orchestrator.agentlink.DirectJobs;
import io.anemone.orchestrator.scheduler.munge.CredentialAnswer.Reason;
import io.anemone.orchestrator.scheduler.munge.CredentialAnswer.Refused;
import io.anemone.orchestrator.scheduler.munge.CredentialAnswer.Valid;
import java.util.Locale;

/**
 * Lets an agent of a user's own job in: munge says who made the credential, the scheduler says whose job it is and
 * where it runs. A job of somebody else is told from no other thing about it, so that nobody learns of it.
 */
public final class DirectJobVerifier implements DirectJobs {

    private final CredentialVerifier credentials;
    private final Scheduler scheduler;

    public DirectJobVerifier(CredentialVerifier credentials, Scheduler scheduler) {
        this.credentials = credentials;
        this.scheduler = scheduler;
    }

    @Override
    public JobView verify(DirectClaim claim, String credential) {
        Valid valid = valid(claim, credential);
        if (!valid.payload().equals(claim.payload())) {
            throw refused(
                    ErrorCode.CREDENTIAL_INVALID,
                    "The credential was made for another job or node: start the agent inside the job, by its script",
                    claim);
        }
        JobView job = job(claim, valid.user());
        if (!job.owner().equals(valid.user())) {
            throw refused(
                    ErrorCode.CREDENTIAL_MISMATCH,
                    "The job belongs to somebody else than " + valid.user() + ": submit one of your own",
                    claim);
        }
        if (job.state() != JobState.RUNNING) {
            throw refused(
                    ErrorCode.JOB_NOT_RUNNING,
                    "The job is " + job.state().name().toLowerCase(Locale.ROOT)
                            + ", not running: submit it again and let its script start the agent",
                    claim);
        }
        if (!claim.node().equals(job.node())) {
            throw refused(
                    ErrorCode.JOB_NOT_ON_NODE,
                    "The job's script runs on " + job.node() + ": start the agent there",
                    claim);
        }
        return job;
    }

    private Valid valid(DirectClaim claim, String credential) {
        return switch (credentials.verify(credential)) {
            case Valid valid -> valid;
            case Refused(Reason reason) -> throw refused(ErrorCode.CREDENTIAL_INVALID, sentence(reason), claim);
        };
    }

    private JobView job(DirectClaim claim, String user) {
        return switch (scheduler.job(claim.jobId(), user)) {
            case JobAnswer.Known(JobView job) -> job;
            case JobAnswer.NoSuchJob none ->
                throw refused(
                        ErrorCode.JOB_NOT_FOUND,
                        "The scheduler knows no such job: start the agent from a script that you gave to sbatch",
                        claim);
        };
    }

    private static String sentence(Reason reason) {
        return switch (reason) {
            case EXPIRED -> "The agent's credential has expired: start it again, and have the node's clock checked";
            case REWOUND -> "The agent's credential comes from the future: have the node's clock checked";
            case REPLAYED -> "The agent's credential was used before: start the agent again";
            case INVALID ->
                "The agent's credential is none of this cluster's munge: start the agent on one of its nodes";
        };
    }

    private static AnemoneException refused(ErrorCode code, String sentence, DirectClaim claim) {
        return new AnemoneException(code, sentence + " (job: " + claim.jobId() + ", node: " + claim.node() + ").");
    }
}
