package io.anemone.orchestrator.request;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A pool as an operator wrote it down: nothing is checked yet. {@link PoolRequestParser} makes a spec of it. */
@Schema(
        name = "PoolRequest",
        description = "What is left out stays as it is; for a new pool: the default partition, one day, one hour.",
        requiredProperties = {"leases"})
public record RequestedPool(
        @Schema(
                description = "How many whole-node leases to hold; 0 lets the pool run empty",
                minimum = "0",
                maximum = "10000",
                examples = "2")
        @Nullable
        Integer leases,

        @Schema(examples = "batch") @Nullable String partition,

        @Schema(
                description = "Time limit of each lease's job, ISO 8601, from one minute to 365 days",
                examples = "PT24H")
        @Nullable
        String walltime,

        @Schema(
                description = "How long before a lease's end its successor is asked for; less than the walltime",
                examples = "PT1H")
        @Nullable
        String renewBefore) {}
