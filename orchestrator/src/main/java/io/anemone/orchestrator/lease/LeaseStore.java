package io.anemone.orchestrator.lease;

import io.anemone.core.lease.LeaseEffect;
import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseMachine;
import io.anemone.core.lease.LeasePhase;
import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.lease.LeaseStep;
import io.anemone.core.plan.Decision;
import io.anemone.core.plan.LeaseView;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmSpec;
import io.anemone.orchestrator.effect.EffectKind;
import io.anemone.orchestrator.effect.Outbox;
import io.anemone.orchestrator.history.Change;
import io.anemone.orchestrator.history.Changes;
import io.anemone.orchestrator.history.HistoryStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The one way to make and to move a lease. Each event is one short transaction: the row is locked, the machine asked,
 * and state, history and outbox written together.
 */
@ApplicationScoped
public class LeaseStore {

    private final EntityManager entities;
    private final Clock clock;
    private final HistoryStore history;
    private final Outbox outbox;
    private final Changes changes;
    private final LeaseMachine machine;

    LeaseStore(
            EntityManager entities,
            Clock clock,
            HistoryStore history,
            Outbox outbox,
            Changes changes,
            LeaseConfig config) {
        this.entities = entities;
        this.clock = clock;
        this.history = history;
        this.outbox = outbox;
        this.changes = changes;
        this.machine = new LeaseMachine(config.limits());
    }

    /**
     * Makes a lease whose job the orchestrator will ask for.
     *
     * @param vm the one VM that it serves, or null for a lease of a pool
     */
    @Transactional
    public LeaseId request(LeaseSpec spec, @Nullable VmId vm) {
        LeaseId id = insert(spec, vm, LeaseMachine.requested(), "wanted").leaseId();
        apply(id, new LeaseEvent.SubmitDue(), null);
        return id;
    }

    /** Makes a lease for a job that its owner submitted and that was verified to run on {@code node}. */
    @Transactional
    public LeaseId found(LeaseSpec spec, VmId vm, FoundJob job) {
        LeaseState state = machine.foundRunning(job.jobId(), job.node(), clock.instant());
        LeaseEntity lease = insert(spec, vm, state, "job " + job.jobId() + " of " + spec.owner() + " runs");
        lease.jobSubmittedAt = job.submittedAt();
        lease.startedAt = job.startedAt();
        return lease.leaseId();
    }

    /**
     * A job that was found running.
     *
     * @param submittedAt tells apart two jobs of one id
     */
    public record FoundJob(String jobId, String node, Instant submittedAt, Instant startedAt) {}

    /** The lease of a job of its owner's own. */
    @Transactional
    public Optional<LeaseRecord> findDirect(String jobId, Instant submittedAt) {
        return entities.createQuery(
                        "from LeaseEntity where path = DIRECT and state.jobId = :job and jobSubmittedAt = :at",
                        LeaseEntity.class)
                .setParameter("job", jobId)
                .setParameter("at", submittedAt)
                .getResultStream()
                .findFirst()
                .map(this::toRecord);
    }

    @Transactional
    public Optional<LeaseRecord> find(LeaseId id) {
        return Optional.ofNullable(entities.find(LeaseEntity.class, id.value())).map(this::toRecord);
    }

    /**
     * Moves a lease.
     *
     * @param actor account behind the event, or null when the orchestrator acts by itself
     * @return whether the event said something new
     */
    @Transactional
    public boolean apply(LeaseId id, LeaseEvent event, @Nullable String actor) {
        LeaseEntity lease = entities.find(LeaseEntity.class, id.value(), LockModeType.PESSIMISTIC_WRITE);
        if (lease == null) {
            return false;
        }
        Instant now = clock.instant();
        LeasePhase before = lease.state.phase;
        return switch (machine.apply(lease.state.read(), event, now)) {
            case LeaseStep.Ignored ignored -> false;
            case LeaseStep.Moved moved -> {
                lease.enter(moved.next(), now);
                if (!moved.note().isEmpty()) {
                    history.leaseMoved(id, before, lease.state.phase, moved.note(), actor);
                }
                moved.effects().forEach(effect -> add(id, effect));
                changed(id);
                yield true;
            }
        };
    }

    /** The lease as the planner sees it. */
    @Transactional
    public Optional<LeaseView> view(LeaseId id) {
        return Optional.ofNullable(entities.find(LeaseEntity.class, id.value())).map(LeaseEntity::toView);
    }

    /**
     * Has a job ended that carries a lease's name and does not back it.
     *
     * @return false if no lease of this id and owner is known, or the job may be the lease's after all
     */
    @Transactional
    public boolean cancelStray(Decision.CancelStray stray) {
        LeaseId id = stray.lease();
        LeaseEntity lease = entities.find(LeaseEntity.class, id.value(), LockModeType.PESSIMISTIC_WRITE);
        boolean known = lease != null && lease.owner.equals(stray.owner());
        if (!known || !lease.toView().hasNoUseFor(stray.jobId(), stray.seenAt())) {
            return false;
        }
        history.leaseNoted(id, "job " + stray.jobId() + " has this lease's name but does not back it: cancelling it");
        outbox.add(EffectKind.CANCEL_JOB, id, stray.jobId());
        return true;
    }

    /**
     * Whether a VM of this kind still fits on a lease of a pool. Nobody else takes of its room, or closes it, until the
     * end of the transaction: two loops may each have found the same room.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean hasRoom(LeaseId id, VmSpec spec) {
        LeaseEntity lease = entities.find(LeaseEntity.class, id.value(), LockModeType.PESSIMISTIC_WRITE);
        return lease != null
                && lease.state.read() instanceof LeaseState.Active active
                && LeaseVms.used(entities, id, active.grant()).leavesRoomFor(spec, active.grant());
    }

    /**
     * Whether this is the connection of the lease's newest agent. Until the end of the transaction no other becomes it:
     * what an older one says is not taken in after the newest one's word.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean newest(AgentConnection connection) {
        return !entities.createNativeQuery(
                        "select id from lease where id = :id and epoch = :epoch for no key update", Object.class)
                .setParameter("id", connection.lease().value())
                .setParameter("epoch", connection.epoch())
                .getResultList()
                .isEmpty();
    }

    /** Says in plain words why the lease waits. */
    @Transactional
    public void hint(LeaseId id, String hint) {
        LeaseEntity lease = entities.find(LeaseEntity.class, id.value(), LockModeType.PESSIMISTIC_WRITE);
        if (lease != null && !lease.state.phase.terminal() && !Objects.equals(lease.hint, hint)) {
            lease.hint = hint;
            changed(id);
        }
    }

    /** As {@link #hint}, and it is told in the history too. */
    @Transactional
    public void trouble(LeaseId id, String what) {
        LeaseEntity lease = entities.find(LeaseEntity.class, id.value(), LockModeType.PESSIMISTIC_WRITE);
        if (lease != null && !lease.state.phase.terminal() && !Objects.equals(lease.hint, what)) {
            lease.hint = what;
            history.leaseNoted(id, what);
            changed(id);
        }
    }

    private LeaseEntity insert(LeaseSpec spec, @Nullable VmId vm, LeaseState state, String note) {
        LeaseEntity lease = LeaseEntity.of(new LeaseId(UUID.randomUUID()), spec, vm, state, clock.instant());
        entities.persist(lease);
        history.leaseMoved(lease.leaseId(), null, lease.state.phase, note, null);
        changed(lease.leaseId());
        return lease;
    }

    private void add(LeaseId id, LeaseEffect effect) {
        switch (effect) {
            case LeaseEffect.SubmitJob e -> outbox.add(EffectKind.SUBMIT_JOB, id, "");
            case LeaseEffect.CancelJob(String jobId) -> outbox.add(EffectKind.CANCEL_JOB, id, jobId);
            // Not in the outbox: an agent that misses it has lost its connection, and gets all on joining again.
            case LeaseEffect.SyncAgent e -> changes.afterCommit(new Change.AgentSync(id));
        }
    }

    private void changed(LeaseId id) {
        changes.afterCommit(new Change.Lease(id));
        LeaseVms.on(entities, id).forEach(vm -> changes.afterCommit(new Change.Vm(vm)));
    }

    private LeaseRecord toRecord(LeaseEntity lease) {
        return lease.toRecord(LeaseVms.on(entities, lease.leaseId()));
    }
}
