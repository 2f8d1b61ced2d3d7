package io.anemone.orchestrator.pool;

import io.anemone.core.lease.PoolSpec;

/**
 * A pool and how it stands.
 *
 * @param active        leases that VMs can be placed on
 * @param vms           VMs on its leases
 * @param freeCores     cores that no VM has, over its ACTIVE leases
 * @param freeMemoryMiB memory that no VM has, over its ACTIVE leases
 */
public record PoolRecord(PoolSpec spec, int active, int vms, long freeCores, long freeMemoryMiB) {}
