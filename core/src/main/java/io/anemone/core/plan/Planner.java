package io.anemone.core.plan;

import io.anemone.core.breaker.BreakerLimits;
import io.anemone.core.breaker.Breakers;
import io.anemone.core.lease.LeaseEnds;
import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.scheduler.JobAnswer;
import io.anemone.core.scheduler.JobView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides what follows from what is wanted and what was observed. Without I/O, without a clock, without memory:
 * the same snapshot gives the same plan, and a plan that was not carried out is simply made again.
 */
public final class Planner {

    private final LeasePlanner leases;
    private final StrayPlanner strays;
    private final VmPlanner vms;
    private final PoolPlanner pools;

    private final PlannerLimits limits;
    private final BreakerLimits breakers;

    public Planner(PlannerLimits limits) {
        this(limits, BreakerLimits.DEFAULT);
    }

    public Planner(PlannerLimits limits, BreakerLimits breakers) {
        this.limits = limits;
        this.breakers = breakers;
        this.leases = new LeasePlanner();
        this.strays = new StrayPlanner();
        this.vms = new VmPlanner(limits);
        this.pools = new PoolPlanner(limits);
    }

    public List<Decision> plan(Snapshot snapshot, Instant now) {
        List<Decision> decisions = new ArrayList<>();
        leases.plan(snapshot, now, decisions);
        strays.plan(snapshot, decisions);
        Gate gate = gate(snapshot, now);
        vms.plan(snapshot, gate, now, decisions);
        pools.plan(snapshot, gate, now, decisions);
        return List.copyOf(decisions);
    }

    /** The part of {@link #plan} that changes what pools hold. */
    public List<Decision> pools(Snapshot snapshot, Instant now) {
        List<Decision> decisions = new ArrayList<>();
        pools.plan(snapshot, gate(snapshot, now), now, decisions);
        return List.copyOf(decisions);
    }

    private Gate gate(Snapshot snapshot, Instant now) {
        return new Gate(new Breakers(snapshot.starts(), breakers, limits.serviceUser(), now), snapshot);
    }

    /**
     * What the scheduler's answer to {@link Decision.ConfirmJob} says of the lease. This is the word that ends one:
     * the job is over, or unknown, or in the queue again, or its id is another's by now.
     */
    public LeaseEvent confirmed(LeaseView lease, String jobId, JobAnswer answer) {
        return switch (answer) {
            case JobAnswer.Known(JobView job) ->
                lease.wasPutBack(job)
                        ? new LeaseEvent.JobOver(jobId, LeaseEnds.putBack(jobId))
                        : lease.mayBeCarriedBy(job)
                                ? LeasePlanner.seen(job)
                                : new LeaseEvent.JobOver(jobId, LeaseEnds.forgotten(jobId));
            case JobAnswer.NoSuchJob none -> new LeaseEvent.JobOver(jobId, LeaseEnds.forgotten(jobId));
        };
    }
}
