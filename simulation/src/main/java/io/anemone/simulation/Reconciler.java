package io.anemone.simulation;

import io.anemone.core.breaker.BreakerLimits;
import io.anemone.core.lease.LeaseEnds;
import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.lease.ReleaseCause;
import io.anemone.core.plan.Decision;
import io.anemone.core.plan.ForgottenJobs;
import io.anemone.core.plan.LeaseView;
import io.anemone.core.plan.Patience;
import io.anemone.core.plan.Planner;
import io.anemone.core.plan.PlannerLimits;
import io.anemone.core.plan.PoolView;
import io.anemone.core.plan.Snapshot;
import io.anemone.core.plan.VmView;
import io.anemone.core.scheduler.JobAnswer;
import io.anemone.core.scheduler.JobListing;
import io.anemone.core.scheduler.SchedulerUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The loop of one orchestrator: looks at the jobs, plans, and carries the plan out step by step. */
final class Reconciler {

    private static final PlannerLimits LIMITS =
            new PlannerLimits(Cluster.SERVICE_USER, Duration.ofSeconds(300), Duration.ofSeconds(5));
    private static final BreakerLimits BREAKERS = new BreakerLimits(3, Duration.ofSeconds(20), Duration.ofSeconds(60));
    private static final long INTERVAL = 1000;
    private static final Duration STALE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration OLD = Duration.ofSeconds(5);
    private static final Duration CONFIRM_GAP = Duration.ofSeconds(1);
    private static final Duration STRAY_GAP = Duration.ofSeconds(10);

    private final Site site;
    private final Orchestrator orchestrator;
    private final SchedulerAccess scheduler;
    private final Planner planner = new Planner(LIMITS, BREAKERS);
    private final Patience patience;
    private final ForgottenJobs forgotten = new ForgottenJobs();
    private final Map<LeaseId, Instant> asked = new HashMap<>();
    private final Set<String> pools = new HashSet<>();
    private final Map<String, Instant> strays = new HashMap<>();
    private @Nullable JobListing listing;
    private boolean silent;
    private boolean waiting;
    private boolean raised;

    Reconciler(Site site, Orchestrator orchestrator, SchedulerAccess scheduler) {
        this.site = site;
        this.orchestrator = orchestrator;
        this.scheduler = scheduler;
        this.patience = new Patience(orchestrator.clock().instant().plus(PATIENCE));
    }

    void start() {
        every();
        observe();
    }

    private void every() {
        orchestrator.later(INTERVAL, () -> {
            every();
            tick();
        });
    }

    void raise() {
        if (!raised) {
            raised = true;
            orchestrator.later(site.world().between(5, 30), () -> {
                raised = false;
                tick();
            });
        }
    }

    // Jobs

    private void observe() {
        orchestrator.later(waiting && !silent ? 250 : 2000, () -> {
            observe();
            look();
        });
    }

    private void look() {
        Instant takenAt = orchestrator.clock().instant();
        orchestrator.later(site.world().between(5, 60), () -> {
            try {
                JobListing answer = scheduler.jobs();
                listing = new JobListing(takenAt, answer.complete(), answer.jobs());
                silent = false;
                raise();
            } catch (SchedulerUnavailableException e) {
                silent = true;
            }
        });
    }

    private @Nullable JobListing newest() {
        JobListing known = listing;
        boolean fresh = known != null
                && !silent
                && known.takenAt().plus(STALE).isAfter(orchestrator.clock().instant());
        return fresh ? known : null;
    }

    // Plans

    private void tick() {
        Snapshot snapshot = site.database().transact(this::read);
        Instant now = orchestrator.clock().instant();
        waiting = snapshot.leases().stream()
                .anyMatch(lease -> lease.state() instanceof LeaseState.Submitting
                        || lease.state() instanceof LeaseState.Queued
                        || lease.state() instanceof LeaseState.Releasing);
        List<Decision> plan = patience.hold(planner.plan(snapshot, now), now);
        Map<Object, Object> views = new HashMap<>();
        snapshot.vms().forEach(vm -> views.put(vm.id(), vm));
        snapshot.leases().forEach(lease -> views.put(lease.id(), lease));
        List<Decision> news = plan.stream().filter(each -> news(each, views)).toList();
        pools.clear();
        carryOut(news, 0, views, now.plus(OLD));
    }

    private boolean news(Decision decision, Map<Object, Object> views) {
        return switch (decision) {
            case Decision.ForVm(var vm, var event) ->
                !(views.get(vm) instanceof VmView view) || orchestrator.store().news(view, event);
            case Decision.ForLease(var lease, var event) ->
                !(views.get(lease) instanceof LeaseView view)
                        || orchestrator.store().news(view, event);
            case Decision.RequestLease d -> true;
            case Decision.RequestPoolLease d -> true;
            case Decision.ConfirmJob d -> true;
            case Decision.Hold d -> false;
            case Decision.CancelStray d -> true;
        };
    }

    /** Each decision is a transaction of its own, and the process may be slow between two. */
    private void carryOut(List<Decision> plan, int next, Map<Object, Object> views, Instant until) {
        if (until.isBefore(orchestrator.clock().instant())) {
            return;
        }
        for (int i = next; i < plan.size(); i++) {
            boolean stalls = site.faults().strikes(Fault.DECISION_STALLS);
            if (stalls || site.world().chance(0.2)) {
                int rest = i;
                orchestrator.later(
                        stalls ? site.world().between(50, 6000) : site.world().between(1, 30),
                        () -> carryOutOne(plan, rest, views, until));
                return;
            }
            attempt(plan.get(i), views);
        }
    }

    private void carryOutOne(List<Decision> plan, int next, Map<Object, Object> views, Instant until) {
        if (!until.isBefore(orchestrator.clock().instant())) {
            attempt(plan.get(next), views);
            carryOut(plan, next + 1, views, until);
        }
    }

    private void attempt(Decision decision, Map<Object, Object> views) {
        try {
            run(decision, views);
        } catch (DatabaseException e) {
            site.world().tell(orchestrator.name(), "not carried out: " + e.getMessage());
        }
    }

    private void run(Decision decision, Map<Object, Object> views) {
        Store store = orchestrator.store();
        Database database = site.database();
        String pool = poolOf(decision, views);
        if (pool != null) {
            if (pools.add(pool)) {
                database.run(() -> keep(pool));
            }
            return;
        }
        switch (decision) {
            case Decision.ForVm(var vm, var event) -> database.run(() -> store.apply(vm, event));
            case Decision.ForLease(var lease, var event) -> database.run(() -> store.apply(lease, event));
            case Decision.RequestLease(var vm, var spec) -> database.run(() -> store.requestLease(vm, spec));
            case Decision.RequestPoolLease d -> throw new IllegalStateException("only its pool's keeper does this");
            case Decision.ConfirmJob(var lease, var jobId) ->
                confirm((LeaseView) Objects.requireNonNull(views.get(lease)), jobId);
            case Decision.CancelStray stray -> cancelStray(stray);
            case Decision.Hold hold -> {}
        }
    }

    /** The pool whose leases this would change; null for all else. */
    private static @Nullable String poolOf(Decision decision, Map<Object, Object> views) {
        if (decision instanceof Decision.RequestPoolLease(var spec)) {
            return spec.pool();
        }
        return decision instanceof Decision.ForLease(var lease, var event)
                        && shrinks(event)
                        && views.get(lease) instanceof LeaseView view
                ? view.spec().pool()
                : null;
    }

    private static boolean shrinks(LeaseEvent event) {
        return event instanceof LeaseEvent.DrainRequested
                || (event instanceof LeaseEvent.ReleaseRequested(ReleaseCause cause)
                        && cause == ReleaseCause.POOL_SHRUNK);
    }

    /** What a pool holds is changed by a plan for the pool as it stands. */
    private void keep(String pool) {
        for (Decision decision : planner.pools(read(), orchestrator.clock().instant())) {
            switch (decision) {
                case Decision.RequestPoolLease(var spec) -> {
                    if (pool.equals(spec.pool())) {
                        orchestrator.store().request(spec, null);
                    }
                }
                case Decision.ForLease(var lease, var event) ->
                    orchestrator.store().apply(lease, event);
                case Decision.ForVm d -> throw notOfAPool(d);
                case Decision.RequestLease d -> throw notOfAPool(d);
                case Decision.Hold d -> throw notOfAPool(d);
                case Decision.ConfirmJob d -> throw notOfAPool(d);
                case Decision.CancelStray d -> throw notOfAPool(d);
            }
        }
    }

    private static IllegalStateException notOfAPool(Decision decision) {
        return new IllegalStateException("not for a pool to decide: " + decision);
    }

    private void confirm(LeaseView lease, String jobId) {
        if (site.bug() == PlantedBug.ABSENT_FROM_LISTING_IS_OVER) {
            forget(lease.id());
            return;
        }
        Instant now = orchestrator.clock().instant();
        asked.values().removeIf(at -> at.plus(CONFIRM_GAP).isBefore(now));
        if (asked.putIfAbsent(lease.id(), now) == null) {
            orchestrator.later(site.world().between(1, 40), () -> {
                JobAnswer answer = scheduler.job(jobId, lease.spec().owner());
                if (!forgotten.believes(lease, answer, orchestrator.clock().instant())) {
                    return;
                }
                LeaseEvent event = planner.confirmed(lease, jobId, answer);
                orchestrator.later(
                        site.world().between(1, 20),
                        () -> site.database().run(() -> orchestrator.store().apply(lease.id(), event)));
            });
        }
    }

    /** Only planted bugs do this. */
    void forget(LeaseId id) {
        site.database().run(() -> {
            String jobId = orchestrator.store().lease(id).state.jobId();
            if (jobId != null) {
                orchestrator.store().apply(id, new LeaseEvent.JobOver(jobId, LeaseEnds.forgotten(jobId)));
            }
        });
    }

    private void cancelStray(Decision.CancelStray stray) {
        Instant now = orchestrator.clock().instant();
        strays.values().removeIf(at -> at.plus(STRAY_GAP).isBefore(now));
        if (strays.putIfAbsent(stray.jobId(), now) == null) {
            site.database().run(() -> {
                LeaseRow lease = site.database().leases.get(stray.lease());
                if (lease != null
                        && lease.spec.owner().equals(stray.owner())
                        && lease.view().hasNoUseFor(stray.jobId(), stray.seenAt())) {
                    orchestrator.store().add(new EffectRow.Key(lease.id, stray.jobId()));
                }
            });
        }
    }

    private Snapshot read() {
        Database database = site.database();
        List<VmView> vms = database.vms.values().stream()
                .filter(vm -> !vm.over())
                .map(VmRow::view)
                .toList();
        Set<Object> needed = new HashSet<>();
        for (VmView vm : vms) {
            needed.add(vm.id());
            LeaseId on = vm.state().lease();
            if (on != null) {
                needed.add(on);
            }
        }
        Map<String, Instant> failures = new LinkedHashMap<>();
        for (LeaseRow lease : database.leases.values()) {
            if (lease.failedAt != null && lease.spec.pool() != null) {
                failures.merge(lease.spec.pool(), lease.failedAt, (a, b) -> a.isAfter(b) ? a : b);
            }
        }
        List<LeaseView> leases = database.leases.values().stream()
                .filter(lease -> !lease.over() || needed.contains(lease.id) || needed.contains(lease.vm))
                .map(LeaseRow::view)
                .toList();
        List<PoolView> pools = database.pools.values().stream()
                .map(pool -> new PoolView(pool, failures.get(pool.name())))
                .toList();
        return new Snapshot(vms, leases, pools, newest(), database.starts);
    }

    Cluster cluster() {
        return scheduler.truth();
    }
}
