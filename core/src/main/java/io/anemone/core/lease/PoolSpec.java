package io.anemone.core.lease;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A pool: how many leases the orchestrator holds for static VMs, and of what kind.
 *
 * @param name      unique name
 * @param leases    how many whole-node leases to hold; 0 lets it run empty
 * @param partition or null for the scheduler's default
 * @param walltime  time limit of each lease's job
 * @param renew     how long before a lease's end its successor is asked for
 */
public record PoolSpec(String name, int leases, @Nullable String partition, Duration walltime, Duration renew) {}
