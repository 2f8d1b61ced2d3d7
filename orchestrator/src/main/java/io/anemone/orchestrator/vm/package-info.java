/** VMs: their rows, and the one way to move them. */
@NullMarked
package io.anemone.orchestrator.vm;

import org.jspecify.annotations.NullMarked;
