package io.anemone.core.plan;

import java.time.Duration;

/**
 * What the planner needs to know of the site.
 *
 * @param serviceUser     UNIX account that pool jobs run as
 * @param defaultWalltime walltime of a scheduled lease whose VM names none
 * @param poolRetry       wait after a pool lease failed before the next is asked for
 */
public record PlannerLimits(String serviceUser, Duration defaultWalltime, Duration poolRetry) {}
