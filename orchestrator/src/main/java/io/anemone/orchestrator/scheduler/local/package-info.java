/** An embedded scheduler of one node, for machines where Slurm cannot be had. */
@NullMarked
package io.anemone.orchestrator.scheduler.local;

import org.jspecify.annotations.NullMarked;
