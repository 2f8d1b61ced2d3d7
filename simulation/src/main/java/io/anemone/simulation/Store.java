package io.anemone.simulation;

import io.anemone.core.breaker.AttemptOutcome;
import io.anemone.core.error.Failure;
import io.anemone.core.lease.LeaseEffect;
import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseLimits;
import io.anemone.core.lease.LeaseMachine;
import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.lease.LeaseStep;
import io.anemone.core.lease.ReleaseCause;
import io.anemone.core.orders.Observation;
import io.anemone.core.plan.LeaseView;
import io.anemone.core.plan.VmView;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.vm.Goal;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.Outcome;
import io.anemone.core.vm.Phase;
import io.anemone.core.vm.VmEffect;
import io.anemone.core.vm.VmEvent;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmLimits;
import io.anemone.core.vm.VmMachine;
import io.anemone.core.vm.VmNeed;
import io.anemone.core.vm.VmSpec;
import io.anemone.core.vm.VmState;
import io.anemone.core.vm.VmStep;
import io.anemone.core.wire.Discard;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the orchestrator's stores do within a transaction, with its own machines: state, what follows from it, and the
 * outbox, written together.
 */
final class Store {

    static final VmLimits VM_LIMITS = new VmLimits(
            Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofSeconds(60), 3, Duration.ofSeconds(2));
    static final LeaseLimits LEASE_LIMITS =
            new LeaseLimits(Duration.ofSeconds(30), Duration.ofSeconds(40), Duration.ofSeconds(15));

    private final World world;
    private final Database database;
    private final Clock clock;
    private final PlantedBug bug;
    private final String party;
    private final VmMachine vmMachine = new VmMachine(VM_LIMITS);
    private final LeaseMachine leaseMachine = new LeaseMachine(LEASE_LIMITS);

    Store(World world, Database database, Clock clock, PlantedBug bug, String party) {
        this.world = world;
        this.database = database;
        this.clock = clock;
        this.bug = bug;
        this.party = party;
    }

    // VMs

    void create(VmId id, VmSpec spec) {
        database.vms.computeIfAbsent(id, fresh -> new VmRow(id, spec, VmMachine.initial(clock.instant())));
        database.changed();
    }

    void terminate(VmId id, VmEvent.TerminateRequested event) {
        VmRow vm = database.vms.get(id);
        if (vm != null && !vm.over()) {
            vm.goal = Goal.TERMINATE;
            database.changed();
            apply(id, event);
        }
    }

    /** What the API allows is decided before, by the VM's state. */
    void want(VmId id, Goal goal, VmEvent event) {
        VmRow vm = database.vms.get(id);
        if (vm != null && !vm.over() && vm.goal != Goal.TERMINATE) {
            vm.goal = goal;
            database.changed();
            apply(id, event);
        }
    }

    void reboot(VmId id) {
        VmRow vm = database.vms.get(id);
        if (vm != null && (vm.state instanceof VmState.Running || vm.state instanceof VmState.Ready)) {
            vm.rebootAt = clock.instant();
            database.changed();
        }
    }

    void discarded(LeaseId by, Discard gone) {
        VmRow vm = database.vms.get(gone.vm());
        Integer kept = vm == null ? null : vm.kept;
        if (vm != null
                && kept != null
                && kept <= gone.attempt()
                && sharesStorage(lease(by).spec, vm.spec)
                && vm.mayDiscard(kept)) {
            vm.kept = null;
            database.changed();
        }
    }

    /** Whether the agent of such a lease sees what such a VM's agent has saved. */
    static boolean sharesStorage(LeaseSpec lease, VmSpec vm) {
        return lease.path() == LaunchPath.STATIC
                ? vm.path() == LaunchPath.STATIC
                : vm.path() == LaunchPath.SCHEDULED && vm.owner().equals(lease.owner());
    }

    void apply(VmId id, VmEvent event) {
        VmRow vm = database.vms.get(id);
        if (vm != null && event instanceof VmEvent.Assigned(LeaseId lease) && !fits(vm, lease(lease))) {
            return;
        }
        if (vm != null && vmMachine.apply(vm.spec, vm.state, event, clock.instant()) instanceof VmStep.Moved moved) {
            enter(vm, planted(moved.next()), moved.note());
            moved.effects().forEach(effect -> follow(vm, effect));
        }
    }

    /** The last look before a VM is placed on a pool's lease: two loops may each have found the same room. */
    private boolean fits(VmRow vm, LeaseRow lease) {
        if (vm.spec.path() != LaunchPath.STATIC || bug == PlantedBug.ROOM_SOLD_TWICE) {
            return true;
        }
        if (!(lease.state instanceof LeaseState.Active active)) {
            return false;
        }
        VmNeed used = VmNeed.NONE;
        for (VmRow other : database.vms.values()) {
            if (!other.over() && lease.id.equals(other.state.lease())) {
                used = used.plus(VmNeed.on(active.grant(), other.spec));
            }
        }
        return used.leavesRoomFor(vm.spec, active.grant());
    }

    /** {@link PlantedBug#DEADLINE_STARTS_ANOTHER_ATTEMPT}. */
    private VmState planted(VmState next) {
        boolean again = bug == PlantedBug.DEADLINE_STARTS_ANOTHER_ATTEMPT
                && next instanceof VmState.Stopping stopping
                && stopping.then() instanceof Outcome.Retry;
        return again ? new VmState.Pending(next.attempt() + 1, clock.instant()) : next;
    }

    /** Whether an event would move anything: what says nothing new needs no transaction. */
    boolean news(VmView vm, VmEvent event) {
        return vmMachine.apply(vm.spec(), vm.state(), event, clock.instant()) instanceof VmStep.Moved;
    }

    boolean news(LeaseView lease, LeaseEvent event) {
        return leaseMachine.apply(lease.state(), event, clock.instant()) instanceof LeaseStep.Moved;
    }

    private void enter(VmRow vm, VmState next, String note) {
        if (next.attempt() != vm.state.attempt() || next.phase() == Phase.PLACED) {
            vm.startedAt = null;
            vm.placedAt = world.now();
        }
        vm.ran = next.phase() == Phase.RUNNING
                || next.phase() == Phase.READY
                || (vm.ran && (next.phase() == Phase.STOPPING || next.phase() == Phase.SUSPENDING));
        if (next instanceof VmState.Suspending suspending) {
            vm.kept = suspending.attempt();
        } else if (next instanceof VmState.Suspended suspended) {
            vm.kept = suspended.saved().attempt();
        }
        vm.wasReady |= next.phase() == Phase.READY;
        vm.state = next;
        database.changed();
        world.tell(party, Names.of(vm.id) + " " + next.phase() + "/" + next.attempt() + ": " + note);
    }

    private void follow(VmRow vm, VmEffect effect) {
        switch (effect) {
            case VmEffect.SyncAgent sync -> {}
            case VmEffect.GoalGivenUp(Goal goal) -> vm.goal = vm.goal == Goal.TERMINATE ? vm.goal : goal;
            case VmEffect.StartJudged(int attempt, LeaseId lease, var failure) ->
                judged(vm, attempt, lease(lease), failure);
            case VmEffect.ReleaseLease(LeaseId lease, ReleaseCause cause) ->
                apply(lease, new LeaseEvent.ReleaseRequested(cause));
        }
    }

    private void judged(VmRow vm, int attempt, LeaseRow lease, @Nullable Failure failure) {
        if (vm.judged < attempt) {
            vm.judged = attempt;
            database.starts.addFirst(new AttemptOutcome(
                    clock.instant(),
                    vm.id,
                    lease.spec.owner(),
                    lease.state.node(),
                    vm.spec.image(),
                    lease.spec.partition(),
                    failure == null ? null : failure.code()));
        }
    }

    void requestLease(VmId id, LeaseSpec spec) {
        VmRow vm = database.vms.get(id);
        if (vm != null && vm.state.phase() == Phase.PENDING) {
            apply(id, new VmEvent.LeaseRequested(request(spec, id)));
        }
    }

    /** @param epoch of the connection that says so: only the newest is taken in */
    void report(VmId id, LeaseId lease, long epoch, Observation seen) {
        VmRow vm = database.vms.get(id);
        if (vm == null
                || lease(lease).epoch != epoch
                || !lease.equals(vm.state.lease())
                || vm.state.attempt() != seen.attempt()) {
            return;
        }
        Instant startedAt = seen.startedAt();
        if (vm.startedAt == null && startedAt != null) {
            vm.startedAt = startedAt.isAfter(clock.instant()) ? clock.instant() : startedAt;
        }
        VmEvent event = seen.event();
        if (event != null) {
            apply(id, event);
        }
    }

    // Leases

    LeaseId request(LeaseSpec spec, @Nullable VmId vm) {
        LeaseId id = insert(spec, vm, LeaseMachine.requested());
        apply(id, new LeaseEvent.SubmitDue());
        return id;
    }

    LeaseId found(LeaseSpec spec, VmId vm, JobView job, String node) {
        LeaseId id = insert(spec, vm, leaseMachine.foundRunning(job.id(), node, clock.instant()));
        lease(id).jobSubmittedAt = job.submittedAt();
        return id;
    }

    Optional<LeaseRow> findDirect(JobView job) {
        return database.leases.values().stream()
                .filter(lease -> job.submittedAt().equals(lease.jobSubmittedAt)
                        && job.id().equals(jobOf(lease)))
                .findFirst();
    }

    private static @Nullable String jobOf(LeaseRow lease) {
        return lease.state.jobId();
    }

    private LeaseId insert(LeaseSpec spec, @Nullable VmId vm, LeaseState state) {
        LeaseId id =
                new LeaseId(new UUID(world.random().nextLong(), world.random().nextLong()));
        database.changed();
        database.leases.put(id, new LeaseRow(id, spec, vm, state, clock.instant()));
        world.tell(party, Names.of(id) + " " + state.phase() + " (" + spec.path() + ")");
        return id;
    }

    LeaseRow lease(LeaseId id) {
        LeaseRow lease = database.leases.get(id);
        if (lease == null) {
            throw new IllegalStateException("no lease " + id);
        }
        return lease;
    }

    boolean apply(LeaseId id, LeaseEvent event) {
        LeaseRow lease = lease(id);
        Instant now = clock.instant();
        if (!(leaseMachine.apply(lease.state, event, now) instanceof LeaseStep.Moved moved)) {
            return false;
        }
        LeaseState next = moved.next();
        if (next.phase() != lease.state.phase()) {
            lease.since = now;
        }
        lease.state = next;
        database.changed();
        lease.wasActive |= next instanceof LeaseState.Active;
        Instant endsAt = next.endsAt();
        if (endsAt != null) {
            lease.endsAt = endsAt;
        }
        if (lease.over() && !lease.wasActive && lease.spec.pool() != null) {
            lease.failedAt = now;
        }
        world.tell(party, Names.of(id) + " " + next.phase() + ": " + moved.note());
        for (LeaseEffect effect : moved.effects()) {
            switch (effect) {
                case LeaseEffect.SubmitJob submit -> add(new EffectRow.Key(id, ""));
                case LeaseEffect.CancelJob(String jobId) -> add(new EffectRow.Key(id, jobId));
                case LeaseEffect.SyncAgent sync -> {}
            }
        }
        return true;
    }

    void add(EffectRow.Key key) {
        database.changed();
        Instant now = clock.instant();
        EffectRow known = database.effects.get(key);
        if (known == null) {
            database.effects.put(key, new EffectRow(key, now));
        } else {
            known.wanted++;
            known.dueAt = known.dueAt.isBefore(now) ? known.dueAt : now;
        }
    }
}
