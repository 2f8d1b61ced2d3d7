/** Leases: their rows, their jobs, and the one way to move them. */
@NullMarked
package io.anemone.orchestrator.lease;

import org.jspecify.annotations.NullMarked;
