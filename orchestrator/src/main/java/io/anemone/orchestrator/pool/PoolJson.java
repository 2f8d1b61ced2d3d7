package io.anemone.orchestrator.pool;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.anemone.core.lease.PoolSpec;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A pool as the API tells it. */
@Schema(name = "Pool", description = "Whole-node leases that are held for VMs of the path static")
@JsonInclude(JsonInclude.Include.NON_NULL)
record PoolJson(
        @Schema(examples = "default") String name,

        @Schema(description = "How many leases are to be held", examples = "2")
        int leases,

        @Schema(description = "Not there: the scheduler's default", examples = "batch") @Nullable
        String partition,

        @Schema(description = "ISO 8601: time limit of each lease's job", examples = "PT24H")
        String walltime,

        @Schema(description = "ISO 8601: how long before a lease's end its successor is asked for", examples = "PT1H")
        String renewBefore,

        @Schema(description = "Leases that VMs can be placed on")
        int active,

        @Schema(description = "VMs on its leases") int vms,
        long freeCores,
        long freeMemoryMiB) {

    /** All pools. */
    @Schema(name = "Pools")
    record All(List<PoolJson> items) {}

    static PoolJson of(PoolRecord pool) {
        PoolSpec spec = pool.spec();
        return new PoolJson(
                spec.name(),
                spec.leases(),
                spec.partition(),
                spec.walltime().toString(),
                spec.renew().toString(),
                pool.active(),
                pool.vms(),
                pool.freeCores(),
                pool.freeMemoryMiB());
    }
}
