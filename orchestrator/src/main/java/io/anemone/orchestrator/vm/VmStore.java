package io.anemone.orchestrator.vm;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.lease.ReleaseCause;
import io.anemone.core.orders.Observation;
import io.anemone.core.plan.VmView;
import io.anemone.core.vm.Goal;
import io.anemone.core.vm.GuestFacts;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.Phase;
import io.anemone.core.vm.VmEffect;
import io.anemone.core.vm.VmEvent;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmMachine;
import io.anemone.core.vm.VmSpec;
import io.anemone.core.vm.VmState;
import io.anemone.core.vm.VmStep;
import io.anemone.core.wire.Discard;
import io.anemone.core.wire.Preparation;
import io.anemone.orchestrator.breaker.StartStore;
import io.anemone.orchestrator.history.Change;
import io.anemone.orchestrator.history.Changes;
import io.anemone.orchestrator.history.HistoryStore;
import io.anemone.orchestrator.lease.AgentConnection;
import io.anemone.orchestrator.lease.LeaseStore;
import io.anemone.orchestrator.volume.VolumeHolds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one way to make and to move a VM. Each event is one short transaction: the row is locked, the machine asked,
 * and state, history and what follows written together. Rows are locked in the order VM, then lease.
 */
@ApplicationScoped
public class VmStore {

    private final EntityManager entities;
    private final Clock clock;
    private final HistoryStore history;
    private final LeaseStore leases;
    private final Changes changes;
    private final StartStore starts;
    private final VolumeHolds volumes;
    private final VmMachine machine;

    VmStore(
            EntityManager entities,
            Clock clock,
            HistoryStore history,
            LeaseStore leases,
            Changes changes,
            StartStore starts,
            VolumeHolds volumes,
            VmConfig config) {
        this.entities = entities;
        this.clock = clock;
        this.history = history;
        this.leases = leases;
        this.changes = changes;
        this.starts = starts;
        this.volumes = volumes;
        this.machine = new VmMachine(config.limits());
    }

    /**
     * Makes a VM; once this returns, it will not be lost.
     *
     * @param key   finds the VM of an earlier, equal request again
     * @param actor account behind the request
     * @throws AnemoneException {@link ErrorCode#IDEMPOTENCY_CONFLICT} if the key stands for another request; or a volume
     *     that it asks for cannot be taken
     */
    @Transactional
    public VmId create(VmSpec spec, Optional<IdempotencyKey> key, String actor) {
        if (key.isPresent()) {
            // Two equal requests at once: the second waits here until the first is in.
            entities.createNativeQuery("select pg_advisory_xact_lock(hashtextextended(:key, 0))", Object.class)
                    .setParameter("key", spec.owner() + "\n" + key.get().key())
                    .getSingleResult();
            Optional<VmId> known = known(spec.owner(), key.get());
            if (known.isPresent()) {
                return known.get();
            }
        }
        VmEntity vm = VmEntity.of(new VmId(UUID.randomUUID()), spec, key.orElse(null), clock.instant());
        entities.persist(vm);
        vm.options = vm.options.with(volumes.take(spec, vm.vmId()));
        history.vmMoved(vm.vmId(), null, vm.state.phase, "asked for", actor);
        changed(vm.vmId());
        return vm.vmId();
    }

    /**
     * The VM that an equal request made before.
     *
     * @throws AnemoneException {@link ErrorCode#IDEMPOTENCY_CONFLICT} if the key stands for another request
     */
    @Transactional
    public Optional<VmId> known(String owner, IdempotencyKey key) {
        Optional<VmEntity> known = entities.createQuery(
                        "from VmEntity where owner = :owner and idempotencyKey = :key", VmEntity.class)
                .setParameter("owner", owner)
                .setParameter("key", key.key())
                .getResultStream()
                .findFirst();
        known.ifPresent(vm -> {
            if (!MessageDigest.isEqual(vm.requestHash, key.requestHash())) {
                throw new AnemoneException(
                        ErrorCode.IDEMPOTENCY_CONFLICT,
                        "This Idempotency-Key was used for another request: take a new one (vm: " + vm.id + ").");
            }
        });
        return known.map(VmEntity::vmId);
    }

    /**
     * Moves a VM.
     *
     * @param actor account behind the event, or null when the orchestrator acts by itself
     * @return whether the event said something new
     */
    @Transactional
    public boolean apply(VmId id, VmEvent event, @Nullable String actor) {
        VmEntity vm = locked(id);
        return vm != null && holds(vm, event) && move(vm, event, actor);
    }

    /** Whether what the event takes for granted of a pool's lease is so. */
    private boolean holds(VmEntity vm, VmEvent event) {
        return !(event instanceof VmEvent.Assigned(LeaseId lease))
                || vm.path != LaunchPath.STATIC
                || leases.hasRoom(lease, vm.spec());
    }

    /**
     * Writes down that the VM shall end, and begins with it. Harmless when it is over.
     *
     * @param gentle whether its guest has all the time that it may need to switch itself off
     */
    @Transactional
    public void terminate(VmId id, VmEvent.TerminateRequested event, boolean gentle, String actor) {
        VmEntity vm = locked(id);
        if (vm != null && !vm.state.phase.terminal()) {
            // Who has lost patience is heard; who asks politely of what is being ended is not.
            vm.gentle = gentle && (vm.gentle || vm.goal != Goal.TERMINATE);
            vm.goal = Goal.TERMINATE;
            if (!move(vm, event, actor) && vm.state.read() instanceof VmState.OnLease on) {
                follow(vm, new VmEffect.SyncAgent(on.lease()));
            }
            changed(id);
        }
    }

    /**
     * Writes down that something else is wanted of the VM, and begins with it where its phase allows that already.
     *
     * @param allowed throws what the caller is told if the VM, as it is, cannot be wanted so
     */
    @Transactional
    public void want(VmId id, Goal goal, VmEvent event, Consumer<VmView> allowed, String actor) {
        VmEntity vm = locked(id);
        if (vm == null) {
            return;
        }
        allowed.accept(vm.toView());
        if (vm.goal != goal) {
            vm.goal = goal;
            history.vmNoted(id, goal == Goal.SUSPEND ? "it shall be suspended" : "it shall run", actor);
        }
        move(vm, event, actor);
        changed(id);
    }

    /** Orders a reboot, unless one is under way. @param allowed as of {@link #want} */
    @Transactional
    public void reboot(VmId id, Consumer<VmView> allowed, String actor) {
        VmEntity vm = locked(id);
        if (vm == null) {
            return;
        }
        allowed.accept(vm.toView());
        if (vm.rebootAskedAt == null || vm.rebootAskedAt.equals(vm.rebootedAt)) {
            vm.rebootAskedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            history.vmNoted(id, "a reboot was asked for", actor);
            follow(
                    vm,
                    new VmEffect.SyncAgent(
                            Objects.requireNonNull(vm.state.read().lease())));
            changed(id);
        }
    }

    /** Takes in that an agent has removed what was saved. What is not its business is left alone. */
    @Transactional
    public void discarded(LeaseSpec lease, Discard gone) {
        VmEntity vm = locked(gone.vm());
        if (vm != null
                && sharesStorage(lease, vm)
                && vm.keptAttempt != null
                && vm.keptAttempt <= gone.attempt()
                && vm.mayDiscard(vm.keptAttempt)) {
            vm.keptAttempt = null;
        }
    }

    /** Whether the agent of such a lease sees what the VM's agents have saved. */
    private static boolean sharesStorage(LeaseSpec lease, VmEntity vm) {
        return lease.path() == LaunchPath.STATIC
                ? vm.path == LaunchPath.STATIC
                : vm.path == LaunchPath.SCHEDULED && vm.owner.equals(lease.owner());
    }

    /** Makes a lease for this VM alone and tells the VM; nothing if the VM has moved on meanwhile. */
    @Transactional
    public void requestLease(VmId id, LeaseSpec spec) {
        VmEntity vm = locked(id);
        if (vm != null
                && vm.state.read() instanceof VmState.Pending pending
                && !clock.instant().isBefore(pending.notBefore())) {
            move(vm, new VmEvent.LeaseRequested(leases.request(spec, id)), null);
        }
    }

    /**
     * Takes in what an agent says of a VM; what is not on its lease is not its business.
     *
     * @return false if a newer connection speaks for the lease: then nothing was taken in
     */
    @Transactional
    public boolean report(VmId id, AgentConnection agent, Observation seen) {
        VmEntity vm = locked(id);
        if (vm == null || !agent.lease().equals(vm.state.read().lease()) || vm.state.attempt != seen.attempt()) {
            return true;
        }
        if (!leases.newest(agent)) {
            return false;
        }
        boolean noted = vm.note(seen, clock.instant());
        if (seen.adopted() && !vm.adopted) {
            vm.adopted = true;
            noted = true;
            history.vmNoted(id, "a restarted agent took the domain over (attempt " + seen.attempt() + ")");
        }
        if (noted) {
            changed(id);
        }
        tellHowTheImageCame(vm, seen);
        VmEvent event = seen.event();
        if (event != null) {
            move(vm, event, null);
        }
        tellHowTheImageComes(vm, seen);
        return true;
    }

    /** In the history, once: with the report that says that there is no more to prepare. */
    private void tellHowTheImageCame(VmEntity vm, Observation seen) {
        Preparation image = seen.image();
        if (image != null
                && image.over()
                && image.step() != Preparation.Step.IN_PLACE
                && vm.preparing()
                && !seen.preparing()) {
            history.vmNoted(vm.vmId(), image.sentence());
        }
    }

    /** In its record, for as long as it is prepared. */
    private void tellHowTheImageComes(VmEntity vm, Observation seen) {
        Preparation image = seen.image();
        if (image != null
                && !image.over()
                && vm.preparing()
                && !image.sentence().equals(vm.hint)) {
            vm.hint = image.sentence();
            changed(vm.vmId());
        }
    }

    /**
     * Takes in what a guest says of itself; what is not on the agent's lease is not its business.
     *
     * @return false if a newer connection speaks for the lease: then nothing was taken in
     */
    @Transactional
    public boolean guestSays(VmId id, AgentConnection agent, int attempt, GuestFacts facts) {
        VmEntity vm = locked(id);
        if (vm == null || !agent.lease().equals(vm.state.read().lease()) || vm.state.attempt != attempt) {
            return true;
        }
        if (!leases.newest(agent)) {
            return false;
        }
        if (!facts.equals(vm.guest)) {
            vm.guest = facts;
            changed(id);
        }
        return true;
    }

    /** Says in plain words why a VM that waits does so; null takes that back. */
    @Transactional
    public void hold(VmId id, @Nullable String why) {
        VmEntity vm = locked(id);
        if (vm != null && vm.state.phase == Phase.PENDING && !Objects.equals(vm.hint, why)) {
            vm.hint = why;
            changed(id);
        }
    }

    private @Nullable VmEntity locked(VmId id) {
        return entities.find(VmEntity.class, id.value(), LockModeType.PESSIMISTIC_WRITE);
    }

    private boolean move(VmEntity vm, VmEvent event, @Nullable String actor) {
        Instant now = clock.instant();
        Phase before = vm.state.phase;
        return switch (machine.apply(vm.spec(), vm.state.read(), event, now)) {
            case VmStep.Ignored ignored -> false;
            case VmStep.Moved moved -> {
                vm.enter(moved.next(), moved.note(), now);
                history.vmMoved(vm.vmId(), before, vm.state.phase, moved.note(), actor);
                changed(vm.vmId());
                moved.effects().forEach(effect -> follow(vm, effect));
                yield true;
            }
        };
    }

    private void follow(VmEntity vm, VmEffect effect) {
        switch (effect) {
            // Not in the outbox: an agent that misses it has lost its connection, and gets all on joining again.
            case VmEffect.SyncAgent(LeaseId lease) -> changes.afterCommit(new Change.AgentSync(lease));
            case VmEffect.StartJudged start -> starts.judged(vm.vmId(), vm.spec(), start);
            case VmEffect.GoalGivenUp(Goal goal) -> vm.goal = vm.goal == Goal.TERMINATE ? vm.goal : goal;
            case VmEffect.ReleaseLease(LeaseId lease, ReleaseCause cause) ->
                leases.apply(lease, new LeaseEvent.ReleaseRequested(cause), null);
        }
    }

    private void changed(VmId id) {
        changes.afterCommit(new Change.Vm(id));
    }
}
