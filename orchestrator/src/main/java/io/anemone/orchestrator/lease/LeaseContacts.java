package io.anemone.orchestrator.lease;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.lease.LeaseId;
import io.anemone.orchestrator.history.Change;
import io.anemone.orchestrator.history.Changes;
import io.anemone.orchestrator.history.HistoryStore;
import io.anemone.orchestrator.instance.Instance;
import io.anemone.orchestrator.instance.InstanceGone;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which agent speaks for a lease: the newest that proved it belongs there. */
@ApplicationScoped
public class LeaseContacts {

    private final EntityManager entities;
    private final Clock clock;
    private final LeaseStore leases;
    private final HistoryStore history;
    private final Changes changes;
    private final Instance here;

    LeaseContacts(
            EntityManager entities,
            Clock clock,
            LeaseStore leases,
            HistoryStore history,
            Changes changes,
            Instance here) {
        this.entities = entities;
        this.clock = clock;
        this.leases = leases;
        this.history = history;
        this.changes = changes;
        this.here = here;
    }

    /** In constant time; false for a lease that has no secret. */
    @Transactional
    public boolean secretMatches(LeaseId id, byte[] secretHash) {
        LeaseEntity lease = entities.find(LeaseEntity.class, id.value());
        return lease != null && lease.secretHash != null && MessageDigest.isEqual(lease.secretHash, secretHash);
    }

    /** Whether the agent has shown that it got its secret, which ends the join token. */
    @Transactional
    public boolean confirmed(LeaseId id) {
        LeaseEntity lease = entities.find(LeaseEntity.class, id.value());
        return lease != null && lease.secretConfirmed;
    }

    /**
     * A run of a lease's job.
     *
     * @param submittedAt by the scheduler's word, like the rest
     */
    public record Run(LeaseEvent.AgentJoined joined, Instant submittedAt) {}

    /**
     * A new connection speaks for the lease from now on.
     *
     * @param run        the run of the lease's job that it was proven to belong to; null for one that joined before
     * @param secretHash of the secret that the agent is given
     * @return the connection's epoch
     * @throws AnemoneException {@link ErrorCode#LEASE_OVER} if the lease takes no agent (any more)
     */
    @Transactional
    public long admit(LeaseId id, @Nullable Run run, byte[] secretHash) {
        if (run != null) {
            leases.apply(id, run.joined(), null);
        }
        LeaseEntity lease = entities.find(LeaseEntity.class, id.value(), LockModeType.PESSIMISTIC_WRITE);
        if (lease == null || !speaksFor(lease, run)) {
            throw new AnemoneException(
                    ErrorCode.LEASE_OVER, "The lease is over or belongs to another job: end (lease: " + id + ").");
        }
        lease.secretConfirmed = run == null;
        if (run != null && lease.jobSubmittedAt == null) {
            lease.jobSubmittedAt = run.submittedAt();
        }
        lease.secretHash = secretHash;
        lease.epoch++;
        lease.connectedTo = here.id();
        lease.contactChangedAt = clock.instant();
        if (run == null) {
            history.leaseNoted(id, "the agent is connected again");
        }
        changes.afterCommit(new Change.Lease(id));
        return lease.epoch;
    }

    private static boolean speaksFor(LeaseEntity lease, @Nullable Run run) {
        return switch (lease.state.phase) {
            case ACTIVE, DRAINING -> run == null || isIts(lease, run);
            case RELEASING -> run == null;
            case REQUESTED, SUBMITTING, QUEUED, STARTING, RELEASED, FAILED -> false;
        };
    }

    /** Another run of the lease's job, as after an operator had it requeued, is not this lease. */
    private static boolean isIts(LeaseEntity lease, Run run) {
        LeaseEvent.AgentJoined joined = run.joined();
        return joined.jobId().equals(lease.state.jobId)
                && joined.node().equals(lease.state.node)
                && lease.toView().isRun(run.submittedAt());
    }

    /** The agent of this connection has shown that it got its secret. */
    @Transactional
    public void confirm(AgentConnection connection) {
        Optional.ofNullable(
                        entities.find(LeaseEntity.class, connection.lease().value(), LockModeType.PESSIMISTIC_WRITE))
                .filter(lease -> lease.epoch == connection.epoch())
                .ifPresent(lease -> lease.secretConfirmed = true);
    }

    /** This connection is gone; no news if a newer one is there. */
    @Transactional
    public void lost(AgentConnection connection) {
        LeaseEntity lease =
                entities.find(LeaseEntity.class, connection.lease().value(), LockModeType.PESSIMISTIC_WRITE);
        if (lease != null && lease.epoch == connection.epoch() && lease.connectedTo != null) {
            lost(lease);
        }
    }

    /** The connections of an orchestrator that is gone are gone with it. */
    @Transactional(Transactional.TxType.MANDATORY)
    void lost(@Observes InstanceGone gone) {
        entities.createQuery("from LeaseEntity where connectedTo = :gone order by id", LeaseEntity.class)
                .setParameter("gone", gone.id())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList()
                .forEach(this::lost);
        entities.flush();
    }

    private void lost(LeaseEntity lease) {
        lease.connectedTo = null;
        lease.contactChangedAt = clock.instant();
        if (!lease.state.phase.terminal()) {
            history.leaseNoted(lease.leaseId(), "the connection to the agent is lost");
        }
        changes.afterCommit(new Change.Lease(lease.leaseId()));
        changes.afterCommit(new Change.LookAtJobs());
    }
}
