/** The one clock of the service. */
@NullMarked
package io.anemone.orchestrator.time;

import org.jspecify.annotations.NullMarked;
