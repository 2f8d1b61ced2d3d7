/** The adapter to Slurm 22.05 by slurmrestd, {@code openapi/v0.0.38}. */
@NullMarked
package io.anemone.orchestrator.scheduler.slurm;

import org.jspecify.annotations.NullMarked;
