package io.anemone.orchestrator.agentlink;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.lease.Grant;
import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.orders.PlainText;
import io.anemone.core.scheduler.JobAnswer;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.scheduler.Scheduler;
import io.anemone.core.vm.VmEvent;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.AgentMessage.Hello;
import io.anemone.core.wire.Join;
import io.anemone.core.wire.WireTypes;
import io.anemone.orchestrator.lease.JoinTokens;
import io.anemone.orchestrator.lease.LeaseContacts;
import io.anemone.orchestrator.lease.LeaseRecord;
import io.anemone.orchestrator.lease.LeaseStore;
import io.anemone.orchestrator.vm.VmQuery;
import io.anemone.orchestrator.vm.VmStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;

/** Decides which agent may speak for which lease. What an agent says of itself is checked with the scheduler. */
@ApplicationScoped
class Admission {

    private final LeaseStore leases;
    private final LeaseContacts contacts;
    private final JoinTokens tokens;
    private final Scheduler scheduler;
    private final Grants grants;
    private final DirectAdmission direct;
    private final VmFit fit;
    private final Clock clock;

    Admission(
            LeaseStore leases,
            LeaseContacts contacts,
            JoinTokens tokens,
            Scheduler scheduler,
            Grants grants,
            DirectAdmission direct,
            VmFit fit,
            Clock clock) {
        this.leases = leases;
        this.contacts = contacts;
        this.tokens = tokens;
        this.scheduler = scheduler;
        this.grants = grants;
        this.direct = direct;
        this.fit = fit;
        this.clock = clock;
    }

    /**
     * @throws AgentRefusedException                if it is not let in
     * @throws io.anemone.core.error.AnemoneException likewise; what cannot be known at the moment may be tried again
     */
    Admitted admit(Hello hello) {
        if (hello.protocol() != WireTypes.PROTOCOL) {
            throw new AgentRefusedException(
                    ErrorCode.MALFORMED_REQUEST,
                    "The agent speaks protocol " + hello.protocol() + " and this orchestrator " + WireTypes.PROTOCOL
                            + ": install the agent of the same release on the nodes.",
                    false);
        }
        return switch (hello.join()) {
            case Join.WithToken join -> withToken(hello, join);
            case Join.Again join -> again(hello, join);
            case Join.Direct join -> direct.admit(hello, join);
        };
    }

    private Admitted withToken(Hello hello, Join.WithToken join) {
        LeaseRecord lease = leases.find(join.lease())
                .filter(known -> tokens.matches(known.id(), join.token()))
                .orElseThrow(() -> invalid("The join token is not that of a lease", join.lease()));
        switch (lease.state()) {
            case LeaseState.Submitting s -> {}
            case LeaseState.Queued s -> {}
            case LeaseState.Starting s -> {}
            case LeaseState.Active s -> unused(lease);
            case LeaseState.Draining s -> unused(lease);
            case LeaseState.Requested s -> throw invalid("The lease has no job yet", lease.id());
            case LeaseState.Releasing s -> throw over(lease.id());
            case LeaseState.Released s -> throw over(lease.id());
            case LeaseState.Failed s -> throw over(lease.id());
        }
        JobView job = running(hello, lease);
        Grant grant = grants.of(job, hello.node());
        Instant endsAt = job.endsAt();
        Instant end =
                endsAt != null ? endsAt : clock.instant().plus(lease.spec().walltime());
        String secret = tokens.secretOf(lease.id());
        LeaseEvent.AgentJoined joined = new LeaseEvent.AgentJoined(job.id(), hello.node(), end, grant);
        long epoch = contacts.admit(lease.id(), new LeaseContacts.Run(joined, job.submittedAt()), Secrets.hash(secret));
        fit.check(lease, job, grant);
        return new Admitted(lease.id(), epoch, secret);
    }

    /** See {@link JoinTokens}: while the secret has not been seen in use, its answer may have been lost. */
    private void unused(LeaseRecord lease) {
        if (contacts.confirmed(lease.id())) {
            throw invalid("The join token was used", lease.id());
        }
    }

    private JobView running(Hello hello, LeaseRecord lease) {
        JobView job = switch (scheduler.job(hello.jobId(), lease.spec().owner())) {
            case JobAnswer.Known(JobView known) -> known;
            case JobAnswer.NoSuchJob none ->
                throw new AgentRefusedException(
                        ErrorCode.JOB_NOT_FOUND,
                        "The scheduler knows no job " + PlainText.of(hello.jobId()) + ".",
                        false);
        };
        boolean ours = job.name().equals(lease.id().jobName())
                && job.owner().equals(lease.spec().owner());
        if (!ours) {
            throw new AgentRefusedException(
                    ErrorCode.CREDENTIAL_MISMATCH,
                    "The job is not this lease's (lease: " + lease.id() + ", job: " + job.id() + ").",
                    false);
        }
        if (job.state() != JobState.RUNNING) {
            throw new AgentRefusedException(
                    ErrorCode.JOB_NOT_RUNNING,
                    "The scheduler says that the job is " + job.state() + " (job: " + job.id() + ").",
                    !job.state().over());
        }
        if (!hello.node().equals(job.node())) {
            throw new AgentRefusedException(
                    ErrorCode.JOB_NOT_ON_NODE,
                    "The scheduler says that the job runs on " + job.node() + " (job: " + job.id() + ").",
                    false);
        }
        return job;
    }

    private Admitted again(Hello hello, Join.Again join) {
        LeaseRecord lease = leases.find(join.lease())
                .filter(known -> contacts.secretMatches(known.id(), Secrets.hash(join.secret())))
                .orElseThrow(() -> invalid("The secret is not that of the lease's newest agent", join.lease()));
        if (lease.phase().terminal()) {
            throw over(lease.id());
        }
        if (!hello.jobId().equals(lease.state().jobId())) {
            throw new AgentRefusedException(
                    ErrorCode.CREDENTIAL_MISMATCH,
                    "The lease belongs to another job (lease: " + lease.id() + ").",
                    false);
        }
        long epoch = contacts.admit(lease.id(), null, Secrets.hash(join.secret()));
        return new Admitted(lease.id(), epoch, join.secret());
    }

    private static AgentRefusedException invalid(String what, LeaseId lease) {
        return new AgentRefusedException(
                ErrorCode.CREDENTIAL_INVALID, what + ": the agent ends with its job (lease: " + lease + ").", false);
    }

    private static AgentRefusedException over(LeaseId lease) {
        return new AgentRefusedException(ErrorCode.LEASE_OVER, "The lease is over (lease: " + lease + ").", false);
    }

    /** A scheduler may grant less than was asked for: then the VM that the lease was made for cannot run on it. */
    @ApplicationScoped
    static class VmFit {

        private final VmQuery vms;
        private final VmStore store;
        private final Grants grants;

        VmFit(VmQuery vms, VmStore store, Grants grants) {
            this.vms = vms;
            this.store = store;
            this.grants = grants;
        }

        void check(LeaseRecord lease, JobView job, Grant grant) {
            VmId vm = lease.vm();
            if (vm == null) {
                return;
            }
            vms.find(vm).filter(found -> !grants.fits(found.spec(), grant)).ifPresent(found -> {
                String message = grants.tooSmallMessage(job, found.spec());
                store.apply(vm, new VmEvent.Refused(new Failure(ErrorCode.JOB_TOO_SMALL, message)), null);
            });
        }
    }
}
