/** Pools: how many leases are held for static VMs. */
@NullMarked
package io.anemone.orchestrator.pool;

import org.jspecify.annotations.NullMarked;
