@NullMarked
package io.anemone.orchestrator.reconcile;

import org.jspecify.annotations.NullMarked;
