package io.anemone.orchestrator.reconcile;

import io.anemone.core.lease.LeaseState;
import io.anemone.core.plan.Patience;
import io.anemone.core.plan.Planner;
import io.anemone.core.plan.Snapshot;
import io.anemone.orchestrator.history.Change;
import io.anemone.orchestrator.history.Changes;
import io.anemone.orchestrator.instance.CompanionLost;
import io.anemone.orchestrator.time.Signal;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Holds what is wanted against what is observed, on one thread, on each change and on an interval. Each decision is a
 * transaction of its own; one that fails is simply made again on the next tick.
 */
@ApplicationScoped
class ReconcileLoop {

    private static final Logger LOG = Logger.getLogger(ReconcileLoop.class);

    private final SnapshotReader snapshots;
    private final JobWatch jobs;
    private final Planner planner;
    private final DecisionRunner decisions;
    private final LoopMeters meters;
    private final Changes changes;
    private final Clock clock;
    private final ReconcileConfig config;
    private volatile Patience patience;
    private final Signal signal = new Signal();
    private final Thread thread = Thread.ofPlatform().daemon().name("reconcile").unstarted(this::run);

    ReconcileLoop(
            SnapshotReader snapshots,
            JobWatch jobs,
            Planner planner,
            DecisionRunner decisions,
            LoopMeters meters,
            Changes changes,
            Clock clock,
            ReconcileConfig config) {
        this.snapshots = snapshots;
        this.jobs = jobs;
        this.planner = planner;
        this.decisions = decisions;
        this.meters = meters;
        this.changes = changes;
        this.clock = clock;
        this.config = config;
        this.patience = fromNow();
    }

    void start(@Observes StartupEvent event) {
        changes.subscribeHere(this::changed);
        jobs.onAnswer(signal::raise);
        jobs.start();
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        thread.interrupt();
        jobs.stop();
    }

    /** Its agents were not heard for a while, and come to another one: as after a start. */
    void patientAgain(@Observes CompanionLost event) {
        patience = fromNow();
    }

    private Patience fromNow() {
        return new Patience(clock.instant().plus(config.patience()));
    }

    private void changed(Change change) {
        switch (change) {
            case Change.Vm c -> signal.raise();
            case Change.Lease c -> signal.raise();
            case Change.Pool c -> signal.raise();
            case Change.Inventory c -> {}
            case Change.LookAtJobs c -> jobs.lookClosely();
            case Change.AgentSync c -> {}
            case Change.EffectDue c -> {}
            case Change.Anything c -> signal.raise();
        }
    }

    private void run() {
        while (signal.await(config.interval()) && Signal.pause(config.coalesce())) {
            try {
                meters.timeOf(this::tick);
            } catch (RuntimeException e) {
                // Most likely the database is away. Nothing is lost: all is read anew on the next tick.
                LOG.errorf(e, "a tick of the loop failed; the next one tries again");
            }
        }
    }

    private void tick() {
        Snapshot snapshot = snapshots.read(jobs.newest());
        jobs.pace(paceFor(snapshot));
        meters.see(snapshot);
        Instant now = clock.instant();
        decisions.run(snapshot, patience.hold(planner.plan(snapshot, now), now), now);
    }

    private static JobWatch.Pace paceFor(Snapshot snapshot) {
        return snapshot.leases().stream()
                .map(lease -> switch (lease.state()) {
                    case LeaseState.Submitting s -> JobWatch.Pace.WAITING;
                    case LeaseState.Queued s -> JobWatch.Pace.WAITING;
                    case LeaseState.Releasing s -> JobWatch.Pace.WAITING;
                    case LeaseState.Starting s -> JobWatch.Pace.STEADY;
                    case LeaseState.Active s -> JobWatch.Pace.STEADY;
                    case LeaseState.Draining s -> JobWatch.Pace.STEADY;
                    case LeaseState.Requested s -> JobWatch.Pace.REST;
                    case LeaseState.Released s -> JobWatch.Pace.REST;
                    case LeaseState.Failed s -> JobWatch.Pace.REST;
                })
                .max(Enum::compareTo)
                .orElse(JobWatch.Pace.REST);
    }
}
