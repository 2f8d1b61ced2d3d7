package io.anemone.orchestrator.reconcile;

import io.anemone.core.plan.PlannerLimits;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often the loop looks, and what the planner needs to know of the site. */
@ConfigMapping(prefix = "anemone.reconcile")
public interface ReconcileConfig {

    /** How often to plan without being told of a change. */
    @WithDefault("PT1S")
    Duration interval();

    /** How long to wait for more changes after the first. */
    @WithDefault("PT0.005S")
    Duration coalesce();

    /** How often to ask the scheduler for its jobs while there are leases. */
    @WithDefault("PT2S")
    Duration observe();

    /** The same while a job is waited for, to start or to end; also the shortest time between two questions. */
    @WithDefault("PT0.25S")
    Duration observeWaiting();

    /** After how long without an answer what the scheduler said last no longer counts. */
    @WithDefault("PT30S")
    Duration stale();

    /** After a start, how long agents may take to report before a deadline that ran out meanwhile is believed. */
    @WithDefault("PT15S")
    Duration patience();

    /** UNIX account that the jobs of pools run as. */
    @WithDefault("${anemone.slurm.service-user:anemone}")
    String serviceUser();

    /** Walltime of a scheduled lease whose VM names none. */
    @WithDefault("PT1H")
    Duration defaultWalltime();

    /** Wait after a pool's lease failed before the next is asked for. */
    @WithDefault("PT30S")
    Duration poolRetry();

    default PlannerLimits limits() {
        return new PlannerLimits(serviceUser(), defaultWalltime(), poolRetry());
    }
}
