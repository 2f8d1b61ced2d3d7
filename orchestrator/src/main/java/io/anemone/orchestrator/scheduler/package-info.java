/** Chooses the adapter to the batch scheduler, and what its adapters share. */
@NullMarked
package io.anemone.orchestrator.scheduler;

import org.jspecify.annotations.NullMarked;
