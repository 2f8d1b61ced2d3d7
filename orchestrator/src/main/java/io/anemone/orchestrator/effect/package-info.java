/** The outbox: what must follow at the scheduler, carried out after the commit. */
@NullMarked
package io.anemone.orchestrator.effect;

import org.jspecify.annotations.NullMarked;
