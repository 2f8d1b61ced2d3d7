/** The loop that holds what is wanted against what is observed. */
@NullMarked
package io.anemone.orchestrator.reconcile;

import org.jspecify.annotations.NullMarked;
