package io.anemone.orchestrator.agentlink;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.lease.Grant;
import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmSpec;
import io.anemone.core.wire.AgentMessage.Hello;
import io.anemone.core.wire.DirectClaim;
import io.anemone.core.wire.Join;
import io.anemone.orchestrator.lease.JoinTokens;
import io.anemone.orchestrator.lease.LeaseContacts;
import io.anemone.orchestrator.lease.LeaseRecord;
import io.anemone.orchestrator.lease.LeaseStore;
import io.anemone.orchestrator.request.VmRequestParser;
import io.anemone.orchestrator.vm.VmStore;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Lets in the agent of a job that its owner submitted: verified with the scheduler first, then validated like any
 * request, and only then do a lease and a VM come to be, in one transaction. A second hello of the same job finds them.
 */
@ApplicationScoped
class DirectAdmission {

    /** A job without a time limit. */
    private static final Duration UNLIMITED = Duration.ofDays(3650);

    private final DirectJobs jobs;
    private final VmRequestParser parser;
    private final Grants grants;
    private final LeaseStore leases;
    private final LeaseContacts contacts;
    private final JoinTokens tokens;
    private final VmStore vms;
    private final Clock clock;

    DirectAdmission(
            DirectJobs jobs,
            VmRequestParser parser,
            Grants grants,
            LeaseStore leases,
            LeaseContacts contacts,
            JoinTokens tokens,
            VmStore vms,
            Clock clock) {
        this.jobs = jobs;
        this.parser = parser;
        this.grants = grants;
        this.leases = leases;
        this.contacts = contacts;
        this.tokens = tokens;
        this.vms = vms;
        this.clock = clock;
    }

    Admitted admit(Hello hello, Join.Direct join) {
        JobView job = jobs.verify(new DirectClaim(hello.jobId(), hello.node()), join.credential());
        Grant grant = grants.of(job, hello.node());
        LeaseId lease = leaseOf(job, hello.node(), join.request(), grant);
        String secret = tokens.secretOf(lease);
        LeaseEvent.AgentJoined joined = new LeaseEvent.AgentJoined(job.id(), hello.node(), end(job), grant);
        long epoch = contacts.admit(lease, new LeaseContacts.Run(joined, job.submittedAt()), Secrets.hash(secret));
        return new Admitted(lease, epoch, secret);
    }

    private LeaseId leaseOf(JobView job, String node, Join.VmRequest request, Grant grant) {
        Optional<LeaseId> known = leases.findDirect(job.id(), job.submittedAt()).map(LeaseRecord::id);
        if (known.isPresent()) {
            return known.get();
        }
        VmSpec spec = parser.parseDirect(request, job.owner());
        if (!grants.fits(spec, grant)) {
            throw grants.tooSmall(job, spec);
        }
        try {
            return QuarkusTransaction.requiringNew().call(() -> make(job, node, spec, grant));
        } catch (PersistenceException e) {
            // Two hellos of one job at once: the other one was first.
            return leases.findDirect(job.id(), job.submittedAt())
                    .map(LeaseRecord::id)
                    .orElseThrow(() -> new AnemoneException(
                            ErrorCode.DATABASE_UNAVAILABLE, "The VM could not be written down; trying again.", e));
        }
    }

    private LeaseId make(JobView job, String node, VmSpec spec, Grant grant) {
        Instant startedAt = job.startedAt() != null ? job.startedAt() : clock.instant();
        VmId vm = vms.create(spec, Optional.empty(), spec.owner());
        LeaseSpec lease = new LeaseSpec(
                LaunchPath.DIRECT,
                spec.owner(),
                spec.project(),
                null,
                null,
                grant.cores(),
                grant.memoryMiB(),
                Duration.between(startedAt, end(job)),
                false);
        return leases.found(lease, vm, new LeaseStore.FoundJob(job.id(), node, job.submittedAt(), startedAt));
    }

    private Instant end(JobView job) {
        Instant endsAt = job.endsAt();
        return endsAt != null ? endsAt : clock.instant().plus(UNLIMITED);
    }
}
